package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import dev.gatehouse.engine.config.ErrorsConfig;
import dev.gatehouse.engine.config.ErrorsConfig.Expose;
import dev.gatehouse.engine.config.ErrorsConfig.Format;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The answers to exchanges that were not served: `{"error": {…}}`, or `application/problem+json` (RFC 9457) with the
/// same facts. Immutable, and shared by all loops.
public final class ErrorBody {
    private static final HeaderName GATEHOUSE_ERROR = HeaderName.of("Gatehouse-Error");
    private static final HeaderName SEC_WEBSOCKET_VERSION = HeaderName.of("Sec-WebSocket-Version");
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    /// What tells of the configuration, and so of the house: only who may see it gets it.
    private static final Set<String> INTERNAL = Set.of("nearest", "policy", "at", Failure.CAUSE);

    private final boolean problemByDefault;
    private final boolean full;

    /// @param loopback whether the listener can be reached from this machine only
    public ErrorBody(ErrorsConfig config, boolean loopback) {
        this.problemByDefault = config.format() == Format.PROBLEM;
        this.full = config.expose() == null ? loopback : config.expose() == Expose.FULL;
    }

    /// Whether bodies tell of the configuration.
    boolean isFull() {
        return full;
    }

    /// The answer of the gateway's own; says so in `Gatehouse-Error`.
    ///
    /// @param accept the client's Accept field, if it could be read
    public Response answer(Failure failure, @Nullable Text accept, String requestId) {
        Response answer = standard(failure.kind().status(), failure, accept, requestId);
        return marked(answer.set(HeaderName.CACHE_CONTROL, "no-store"), failure);
    }

    /// With what stands in the head of an answer to a failure, whatever its form.
    static Response marked(Response answer, Failure failure) {
        answer.set(GATEHOUSE_ERROR, failure.kind().name());
        if (failure.details().get("retry_after") instanceof Integer seconds) {
            answer.set(HeaderName.RETRY_AFTER, seconds.toString());
        }
        if (failure.details().get("allow") instanceof List<?> methods) {
            answer.set(HeaderName.ALLOW, methods.stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
        if (failure.details().get("websocket_version") instanceof Integer version) {
            answer.set(SEC_WEBSOCKET_VERSION, version.toString());
        }
        return answer;
    }

    /// A service's error in the standard form. It stays the service's: its status, and no `Gatehouse-Error`.
    public Response standard(int status, Failure failure, @Nullable Text accept, String requestId) {
        boolean problem = Acceptance.prefers(accept == null ? "" : accept.toString(), PROBLEM, JSON, problemByDefault);
        String text = problem ? problem(status, failure, requestId) : json(failure, requestId);
        return Response.of(status, Body.of(text)).set(HeaderName.CONTENT_TYPE, problem ? PROBLEM : JSON);
    }

    private String problem(int status, Failure failure, String requestId) {
        FailureKind kind = failure.kind();
        StringBuilder json = new StringBuilder(192)
                .append("{\"type\":\"urn:gatehouse:")
                .append(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .append("\",\"code\":\"")
                .append(kind.name())
                .append("\",\"status\":")
                .append(status)
                .append(",\"title\":");
        string(json, kind.title());
        json.append(",\"detail\":");
        string(json, failure.message());
        details(json, failure, ",");
        member(json.append(','), "request_id", requestId);
        return json.append("}\n").toString();
    }

    private String json(Failure failure, String requestId) {
        StringBuilder json = new StringBuilder(192)
                .append("{\"error\":{\"code\":\"")
                .append(failure.kind().name())
                .append("\",\"message\":");
        string(json, failure.message());
        int before = json.length();
        details(json, failure, ",\"details\":{");
        json.append(json.length() > before ? "}," : ",");
        member(json, "request_id", requestId);
        return json.append("}}\n").toString();
    }

    /// @param first what stands before the first detail, if there is one
    private void details(StringBuilder json, Failure failure, String first) {
        String separator = first;
        for (Map.Entry<String, Object> detail : failure.details().entrySet()) {
            if (full || !INTERNAL.contains(detail.getKey())) {
                member(json.append(separator), detail.getKey(), detail.getValue());
                separator = ",";
            }
        }
    }

    private static void member(StringBuilder json, String name, Object value) {
        string(json, name);
        value(json.append(':'), value);
    }

    private static void value(StringBuilder json, Object value) {
        switch (value) {
            case Number number -> json.append(number);
            case Boolean flag -> json.append(flag);
            case List<?> list -> {
                String separator = "[";
                for (Object each : list) {
                    value(json.append(separator), each);
                    separator = ",";
                }
                json.append(list.isEmpty() ? "[]" : "]");
            }
            default -> string(json, value.toString());
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
