package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.explain.Question;
import dev.gatehouse.engine.net.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a POST to `/api/v1/explain` asks.
final class ExplainQuestion {
    private static final List<String> KEYS = List.of(
            "method", "target", "headers", "body", "from", "listener", "client_certificate", "as", "jwt", "key");

    private ExplainQuestion() {}

    /// The body as the OpenAPI document describes it.
    ///
    /// @param method GET unless it says otherwise
    /// @param target path and query: `/orders/9?full=1`
    /// @param headers name to value, or to a list of values
    /// @param from the address the connection comes from; 127.0.0.1 unless it says otherwise
    /// @param listener the name of the one it comes in through; the first unless it says otherwise
    /// @param clientCertificate what the client shows, as PEM; taken as one that is believed
    /// @param as who asks, believed without a credential: `customer:u1`, `u1,support`, `consumer:acme`; or an
    ///     object with by, subject, consumer, roles, scopes, claims
    /// @param jwt a token, put where tokens are looked for
    /// @param key an API key, put where keys are looked for; `partner:KEY` when that is in several places
    record Wanted(
            @Nullable String method,
            String target,
            @Nullable Map<String, Object> headers,
            @Nullable String body,
            @Nullable String from,
            @Nullable String listener,
            @Nullable String clientCertificate,
            @Nullable Object as,
            @Nullable String jwt,
            @Nullable String key) {}

    /// @throws IllegalArgumentException with a sentence for the sender
    static Question read(String body) {
        JsonNode asked;
        try {
            asked = ViewJson.MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!asked.isObject()) {
            throw new IllegalArgumentException(
                    "The body should look like {\"method\": \"GET\", \"target\": \"/orders/9\"}.");
        }
        for (String key : asked.propertyNames()) {
            if (!KEYS.contains(key)) {
                String guess = Suggestions.question(Suggestions.nearest(key, KEYS));
                throw new IllegalArgumentException("unknown key '" + key + "' (expected: " + String.join(", ", KEYS)
                        + ")" + (guess.isEmpty() ? "" : "; " + guess));
            }
        }
        String method = text(asked, "method");
        String target = text(asked, "target");
        if (target == null) {
            throw new IllegalArgumentException("target: missing (expected: a path, such as \"/orders/9\")");
        }
        String from = text(asked, "from");
        String content = text(asked, "body");
        Question question = new Question(
                method == null ? "GET" : method,
                target,
                headers(asked.path("headers")),
                content == null ? new byte[0] : content.getBytes(StandardCharsets.UTF_8),
                from == null ? Question.LOCAL : address(from),
                text(asked, "listener"));
        String shown = text(asked, "client_certificate");
        return (shown == null ? question : question.showing(shown.getBytes(StandardCharsets.UTF_8)))
                .askedBy(ExplainAsker.read(asked));
    }

    static @Nullable String text(JsonNode asked, String key) {
        JsonNode value = asked.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: a text)");
        }
        return value.stringValue();
    }

    private static List<Map.Entry<String, String>> headers(JsonNode headers) {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        if (headers.isMissingNode() || headers.isNull()) {
            return all;
        }
        if (!headers.isObject()) {
            throw new IllegalArgumentException("headers: expected an object, such as {\"X-Version\": \"2\"}");
        }
        for (Map.Entry<String, JsonNode> header : headers.properties()) {
            List<JsonNode> values = header.getValue().isArray()
                    ? header.getValue().valueStream().toList()
                    : List.of(header.getValue());
            for (JsonNode value : values) {
                if (!value.isString()) {
                    throw new IllegalArgumentException("headers." + header.getKey() + ": expected a text, or a list");
                }
                all.add(Map.entry(header.getKey(), value.stringValue()));
            }
        }
        return all;
    }

    /// @throws IllegalArgumentException when it is none
    private static InetSocketAddress address(String text) {
        InetAddress address = IpAddress.parse(text);
        if (address == null) {
            throw new IllegalArgumentException("from: '" + text + "' (expected: an IP address)");
        }
        return new InetSocketAddress(address, Question.LOCAL.getPort());
    }
}
