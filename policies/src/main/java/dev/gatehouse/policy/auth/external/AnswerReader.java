package dev.gatehouse.policy.auth.external;

import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.identity.Identity;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// Reads what an auth service answers. What it does not understand lets nobody pass. Immutable.
final class AnswerReader {
    private final String method;
    private final @Nullable AnswerPart user;
    private final @Nullable AnswerPart roles;
    private final @Nullable AnswerPart consumer;
    private final Map<String, AnswerPart> claims = new HashMap<>();
    private final List<HeaderName> fields;
    private final boolean redirects;
    private final boolean readsBody;

    /// @param method the authenticator's name
    AnswerReader(String method, ExternalConfig config) {
        this.method = method;
        this.user = part(config.userFrom());
        this.roles = part(config.rolesFrom());
        this.consumer = part(config.consumerFrom());
        config.claims().forEach((claim, written) -> claims.put(claim, AnswerPart.of(written)));
        this.fields = config.responseHeaders().stream().map(HeaderName::of).toList();
        this.redirects = config.redirects();
        this.readsBody = inBody(user)
                || inBody(roles)
                || inBody(consumer)
                || claims.values().stream().anyMatch(AnswerPart::inBody);
    }

    private static @Nullable AnswerPart part(@Nullable String written) {
        return written == null ? null : AnswerPart.of(written);
    }

    private static boolean inBody(@Nullable AnswerPart part) {
        return part != null && part.inBody();
    }

    /// @throws IOException for an answer that makes no sense
    Verdict read(HttpResponse<byte[]> answer) throws IOException {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return passes(answer.headers(), readsBody ? json(answer.body()) : Map.of());
        }
        return switch (status) {
            case 401, 403 -> new Verdict.Refuses(status, challenge(answer.headers()));
            case 302, 303, 307 -> sendsAway(status, answer.headers());
            default -> throw new IOException("the auth service answered " + status);
        };
    }

    private Verdict passes(HttpHeaders headers, Map<?, ?> body) throws IOException {
        String subject = user == null ? null : user.one(headers, body);
        if (user != null && subject == null) {
            throw new IOException("the auth service's answer does not say who the user is: no '" + user.name() + "'");
        }
        Set<String> granted = new LinkedHashSet<>();
        if (roles != null) {
            granted.addAll(roles.names(headers, body));
        }
        Map<String, Object> known = new HashMap<>();
        claims.forEach((claim, part) -> {
            Object value = part.value(headers, body);
            if (value != null) {
                known.put(claim, value);
            }
        });
        Identity identity = new Identity(method, subject, null, null, granted, Set.of(), known);
        List<Verdict.Field> passedOn = new ArrayList<>();
        for (HeaderName name : fields) {
            for (String value : headers.allValues(name.toString())) {
                passedOn.add(new Verdict.Field(name, value(value)));
            }
        }
        return new Verdict.Passes(
                identity, consumer == null ? null : consumer.one(headers, body), List.copyOf(passedOn));
    }

    private static Map<?, ?> json(byte[] body) throws IOException {
        try {
            return JsonUtil.parseJson(new String(body, StandardCharsets.UTF_8));
        } catch (JoseException e) {
            throw new IOException("the auth service's answer is no JSON object", e);
        }
    }

    private Verdict sendsAway(int status, HttpHeaders headers) throws IOException {
        List<String> locations = headers.allValues("Location");
        if (!redirects) {
            throw new IOException("the auth service answered " + status + ", and 'redirects' is not set");
        }
        if (locations.size() != 1) {
            throw new IOException("the auth service answered " + status + " without one Location");
        }
        List<String> cookies = new ArrayList<>();
        for (String cookie : headers.allValues("Set-Cookie")) {
            cookies.add(value(cookie));
        }
        return new Verdict.SendsAway(status, value(locations.getFirst()), List.copyOf(cookies));
    }

    /// Several are one list (RFC 9110 §11.6.1).
    private static @Nullable String challenge(HttpHeaders headers) throws IOException {
        List<String> challenges = headers.allValues("WWW-Authenticate");
        return challenges.isEmpty() ? null : value(String.join(", ", challenges));
    }

    private static String value(String text) throws IOException {
        try {
            return FieldValues.checked(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("a field of the auth service's answer cannot be passed on", e);
        }
    }
}
