package dev.gatehouse.app.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.engine.explain.Reply;
import dev.gatehouse.engine.target.proxy.SentRequest;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came of a step.
///
/// @param status of its last answer
/// @param calls to mocks, of all its requests
/// @param trace how the last answer came about; null when a running gateway gave it, which does not say
@SuppressWarnings("ArrayRecordComponent") // octets nobody changes
record Seen(
        int status,
        List<Map.Entry<String, String>> headers,
        byte[] body,
        List<SentRequest> calls,
        @Nullable DecisionTrace trace) {
    Seen {
        headers = List.copyOf(headers);
        calls = List.copyOf(calls);
    }

    static Seen of(Reply reply, List<SentRequest> calls) {
        return new Seen(reply.status(), reply.headers(), reply.body(), calls, reply.trace());
    }

    /// The first value of this field, or null.
    @Nullable
    String header(String name) {
        return headers.stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    String text() {
        return new String(body, UTF_8);
    }

    /// The last request a service was sent; null when none was.
    @Nullable
    SentRequest lastCall() {
        return calls.isEmpty() ? null : calls.getLast();
    }
}
