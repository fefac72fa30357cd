package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.RequestEntry;
import dev.gatehouse.app.admin.view.RequestPage;
import dev.gatehouse.engine.config.AdminScope;
import dev.gatehouse.engine.telemetry.recent.FilterMistake;
import dev.gatehouse.engine.telemetry.recent.RecentRequest;
import dev.gatehouse.engine.telemetry.recent.RecentRequest.Position;
import dev.gatehouse.engine.telemetry.recent.RequestFilter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `/api/v1/requests`: the requests that ended last, a page at a time or, for `Accept: text/event-stream`, as they
/// end.
///
/// The cursor is the place of the last one that was shown, so that new ones in front do not matter.
final class RequestsResource implements Resource {
    private static final String FILTER = "filter";
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final int USUAL_LIMIT = 100;
    private static final int MOST_LIMIT = 1000;
    private static final int MOST_FOLLOWERS = 32;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final Pattern CURSOR_FORM = Pattern.compile("(0|[1-8]?[0-9]{1,18})\\.([0-9]{1,4})\\.([0-9]{1,18})");

    private final RunningGateway gateway;
    private final Semaphore followers = new Semaphore(MOST_FOLLOWERS);

    RequestsResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return "/api/v1/requests";
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(
                        AdminScope.READ,
                        "The requests that ended last, the newest first; as events while they end for"
                                + " `Accept: text/event-stream`.",
                        RequestPage.class,
                        this::requests)
                .taking(
                        new Operation.Parameter(FILTER, "Which: `status>=500 && route:orders`."),
                        new Operation.Parameter(
                                LIMIT, "How many, 1 to " + MOST_LIMIT + " (default: " + USUAL_LIMIT + ")."),
                        new Operation.Parameter(CURSOR, "`next` of the page before.")));
    }

    private AdminAnswer requests(AdminRequest request) {
        RequestFilter filter;
        try {
            String written = request.parameter(FILTER);
            filter = written == null ? RequestFilter.all() : RequestFilter.parse(written);
        } catch (FilterMistake e) {
            return Problem.INVALID_REQUEST.answer(
                    "filter, character " + e.position() + ": " + e.getMessage(), Map.of("position", e.position()));
        }
        return request.wantsEvents() ? follow(request, filter) : page(request, filter);
    }

    private AdminAnswer follow(AdminRequest request, RequestFilter filter) {
        if (request.parameter(LIMIT) != null || request.parameter(CURSOR) != null) {
            return Problem.INVALID_REQUEST.answer("Events go on and on: limit and cursor are for pages.");
        }
        if (!followers.tryAcquire()) {
            return Problem.TOO_MANY_FOLLOWERS.answer(MOST_FOLLOWERS + " follow the requests already.");
        }
        return AdminAnswer.events(
                new RequestEvents(gateway.recent().follow(), filter, System::nanoTime, followers::release));
    }

    private AdminAnswer page(AdminRequest request, RequestFilter filter) {
        int limit = limit(request.parameter(LIMIT));
        if (limit < 1 || limit > MOST_LIMIT) {
            return Problem.INVALID_REQUEST.answer(
                    "limit: " + request.parameter(LIMIT) + " (expected: 1 to " + MOST_LIMIT + ")");
        }
        String cursor = request.parameter(CURSOR);
        Position after = null;
        if (cursor != null) {
            Matcher parts = CURSOR_FORM.matcher(cursor);
            if (!parts.matches()) {
                return Problem.INVALID_REQUEST.answer("cursor: '" + cursor + "' (expected: 'next' of the page before)");
            }
            after = new Position(
                    Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
        }
        List<RecentRequest> found = gateway.recent().newest(filter, after, limit + 1);
        List<RecentRequest> shown = found.size() > limit ? found.subList(0, limit) : found;
        String next = found.size() > limit ? cursor(shown.getLast().at()) : null;
        return AdminAnswer.of(
                new RequestPage(shown.stream().map(RequestEntry::of).toList(), next));
    }

    private static String cursor(Position at) {
        return at.ended() + "." + at.loop() + "." + at.number();
    }

    /// 0 when it is no number.
    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL_LIMIT;
        }
        return NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    }
}
