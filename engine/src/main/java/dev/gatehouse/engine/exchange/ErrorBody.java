package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answer to an exchange that was not served: `{"error": {…}}`, or `application/problem+json` (RFC 9457) with
/// the same facts for a client that asks for it.
public final class ErrorBody {
    private static final HeaderName GATEHOUSE_ERROR = HeaderName.of("Gatehouse-Error");
    private static final String PROBLEM = "application/problem+json";

    private ErrorBody() {}

    /// @param accept the client's Accept field, if it could be read
    public static Response answer(Failure failure, @Nullable Text accept, String requestId) {
        boolean problem =
                accept != null && accept.toString().toLowerCase(Locale.ROOT).contains(PROBLEM);
        FailureKind kind = failure.kind();
        StringBuilder json = new StringBuilder(192);
        if (problem) {
            json.append("{\"type\":\"urn:gatehouse:")
                    .append(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .append("\",\"code\":\"")
                    .append(kind.name())
                    .append("\",\"status\":")
                    .append(kind.status())
                    .append(",\"title\":");
            string(json, kind.title());
            json.append(",\"detail\":");
            string(json, failure.message());
            failure.details().forEach((name, value) -> member(json.append(','), name, value));
            member(json.append(','), "request_id", requestId);
            json.append('}');
        } else {
            json.append("{\"error\":{\"code\":\"").append(kind.name()).append("\",\"message\":");
            string(json, failure.message());
            if (!failure.details().isEmpty()) {
                json.append(",\"details\":{");
                String separator = "";
                for (Map.Entry<String, Object> detail : failure.details().entrySet()) {
                    member(json.append(separator), detail.getKey(), detail.getValue());
                    separator = ",";
                }
                json.append('}');
            }
            member(json.append(','), "request_id", requestId);
            json.append("}}");
        }
        json.append('\n');
        Response answer = Response.of(kind.status(), Body.of(json.toString()))
                .set(HeaderName.CONTENT_TYPE, problem ? PROBLEM : "application/json")
                .set(HeaderName.CACHE_CONTROL, "no-store")
                .set(GATEHOUSE_ERROR, kind.name());
        if (failure.details().get("retry_after") instanceof Integer seconds) {
            answer.set(HeaderName.RETRY_AFTER, seconds.toString());
        }
        if (failure.details().get("allow") instanceof String methods) {
            answer.set(HeaderName.ALLOW, methods);
        }
        return answer;
    }

    private static void member(StringBuilder json, String name, Object value) {
        string(json, name);
        json.append(':');
        if (value instanceof Number || value instanceof Boolean) {
            json.append(value);
        } else {
            string(json, value.toString());
        }
    }

    private static void string(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f) {
                json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
