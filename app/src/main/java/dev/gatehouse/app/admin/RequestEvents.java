package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.RequestEntry;
import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.engine.telemetry.recent.Feed;
import dev.gatehouse.engine.telemetry.recent.RecentRequest;
import dev.gatehouse.engine.telemetry.recent.RequestFilter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/// The requests as they end, as server-sent events: `request` with an entry, `missed` with a count when they came
/// faster than they were taken. It looks for new ones a few times a second; what waits for a slow follower is
/// never more than the rings hold.
final class RequestEvents implements AdminAnswer.Events {
    private static final long USUAL_PAUSE_MILLIS = 100;
    private static final long BUSY_PAUSE_MILLIS = 5;

    /// So often at least something is sent: else nobody notices that the other side is gone.
    private static final long SILENCE_NANOS = 10_000_000_000L;

    private final Feed feed;
    private final RequestFilter filter;
    private final LongSupplier clock;
    private final Runnable over;

    /// @param clock in nanoseconds
    /// @param over run when nobody follows any more
    RequestEvents(Feed feed, RequestFilter filter, LongSupplier clock, Runnable over) {
        this.feed = feed;
        this.filter = filter;
        this.clock = clock;
        this.over = over;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException, InterruptedException {
        // What is sent first tells the follower that from now on it hears everything.
        String news = ": following\n\n";
        long spoke = clock.getAsLong();
        while (true) {
            if (!news.isEmpty()) {
                out.write(news.getBytes(StandardCharsets.UTF_8));
                out.flush();
                spoke = clock.getAsLong();
            }
            Thread.sleep(feed.isBusy() ? BUSY_PAUSE_MILLIS : USUAL_PAUSE_MILLIS);
            news = news();
            if (news.isEmpty() && clock.getAsLong() - spoke > SILENCE_NANOS) {
                news = ": nothing new\n\n";
            }
        }
    }

    /// What is to be said since the last time; empty for nothing.
    String news() {
        StringBuilder news = new StringBuilder();
        for (RecentRequest request : feed.take()) {
            if (filter.test(request)) {
                event(news, "request", ViewJson.MAPPER.writeValueAsString(RequestEntry.of(request)));
            }
        }
        long missed = feed.missed();
        if (missed > 0) {
            event(news, "missed", "{\"count\":" + missed + "}");
        }
        return news.toString();
    }

    /// @param json in one line
    private static void event(StringBuilder news, String name, String json) {
        news.append("event: ").append(name).append("\ndata: ").append(json).append("\n\n");
    }

    @Override
    public void close() {
        over.run();
    }
}
