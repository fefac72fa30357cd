package dev.gatehouse.engine.explain;

import dev.gatehouse.engine.telemetry.DecisionTrace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came of a [Question].
///
/// @param trace how it came about
/// @param requestId of the rehearsed exchange
/// @param status of the answer; 0 when a service would have been asked for it
/// @param headers of the answer, in order
/// @param body of the answer
@SuppressWarnings("ArrayRecordComponent") // nobody compares replies
public record Reply(
        DecisionTrace trace, String requestId, int status, List<Map.Entry<String, String>> headers, byte[] body) {
    public Reply {
        headers = List.copyOf(headers);
    }

    /// Whether there is an answer: the gateway's own, or that of a stand-in for a service.
    public boolean isAnswered() {
        return status != 0;
    }

    /// The first value of this field, or null.
    public @Nullable String header(String name) {
        for (Map.Entry<String, String> field : headers) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return null;
    }
}
