package dev.gatehouse.policy.auth.hmac;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What is signed: a line for each part of the request that the signature covers, and one for the signature's own
/// parameters (RFC 9421 §2.5).
final class SignatureBase {
    private SignatureBase() {}

    /// @throws IllegalArgumentException when the request has not got what is covered, or it is a kind of component
    ///     that is not taken here
    static byte[] of(RequestHead request, SignatureInput input) {
        StringBuilder base = new StringBuilder(256);
        for (SignatureInput.Component component : input.components()) {
            SignatureInput.write(component, base);
            base.append(": ").append(value(request, component)).append('\n');
        }
        base.append("\"@signature-params\": ");
        input.write(base);
        return base.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String value(RequestHead request, SignatureInput.Component component) {
        String name = component.name();
        if (!component.parameters().isEmpty()) {
            throw new IllegalArgumentException("components with parameters are not taken here");
        }
        String query = request.query() == null ? "" : "?" + request.query();
        return switch (name) {
            case "@method" -> request.method();
            case "@scheme" -> request.scheme();
            case "@authority" -> authority(request);
            case "@path" -> request.path();
            case "@query" -> query.isEmpty() ? "?" : query;
            case "@request-target" -> request.path() + query;
            case "@target-uri" -> request.scheme() + "://" + authority(request) + request.path() + query;
            default -> field(request, name);
        };
    }

    /// In lower case, without the port that goes without saying (RFC 9421 §2.2.3).
    private static String authority(RequestHead request) {
        String host = request.host().toLowerCase(Locale.ROOT);
        String usual = request.scheme().equals("https") ? ":443" : ":80";
        return host.endsWith(usual) ? host.substring(0, host.length() - usual.length()) : host;
    }

    /// RFC 9421 §2.1.
    private static String field(RequestHead request, String name) {
        if (name.startsWith("@") || !name.equals(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("a component that is not taken here is covered");
        }
        List<Text> values = request.headers(HeaderName.of(name));
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a field is covered that the request has not got");
        }
        return values.stream().map(value -> value.toString().strip()).collect(Collectors.joining(", "));
    }
}
