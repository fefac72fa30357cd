package dev.gatehouse.app.console;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.SummarySink;
import java.time.Instant;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/// Shows each request of a gateway on the console when it is over.
public final class RequestWatch implements Observer {
    private final RequestLines lines;
    private final ToIntBiFunction<String, String> places;

    /// @param lines closed with this
    /// @param places of instances among those of their service, from 1; 0 when there is no such one
    public RequestWatch(RequestLines lines, ToIntBiFunction<String, String> places) {
        this.lines = lines;
        this.places = places;
    }

    @Override
    public SummarySink on(int loop) {
        return summary -> lines.add(line(summary));
    }

    private RequestLine line(ExchangeSummary summary) {
        String service = summary.service();
        String instance = summary.instance();
        return new RequestLine(
                Instant.ofEpochMilli(summary.startedMillis()),
                summary.status(),
                summary.method().toString(),
                summary.path().toString(),
                service,
                service == null || instance == null ? 0 : places.applyAsInt(service, instance),
                summary.durationNanos(),
                what(summary));
    }

    /// What the gateway has to say about it; nothing when a service served it.
    private static String what(ExchangeSummary summary) {
        FailureKind failure = summary.failure();
        String said = failure == null ? "" : refused(failure, summary.decidedBy(), summary.message());
        for (PolicyStep step : summary.shadows()) {
            said += (said.isEmpty() ? "" : "  ") + "shadow: " + step.policy() + " would not let it pass";
        }
        return said;
    }

    private static String refused(FailureKind failure, @Nullable String policy, @Nullable String message) {
        String who = policy == null ? failure.name() : "denied: " + policy;
        return message == null ? who : who + "  " + message;
    }

    @Override
    public void close() {
        lines.close();
    }
}
