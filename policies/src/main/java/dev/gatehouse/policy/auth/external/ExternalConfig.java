package dev.gatehouse.policy.auth.external;

import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.policy.auth.jwks.ProviderUrl;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the user writes under `security.authentication` with `type: external`.
@Settings(
        name = "authentication.external",
        value = "A service of your own is asked by HTTP whether a request may pass, and who makes it.")
public record ExternalConfig(
        @Setting("URL that is asked. 2xx lets a request pass, 401 and 403 refuse it, anything else is an error.")
        ProviderUrl url,

        @Setting(value = "Method of the question: GET, HEAD or POST; it never has a body.", byDefault = "GET")
        String method,

        @Setting(
                value = "Parts of a request that are credentials: header.NAME, cookie.NAME, query.NAME. A request with"
                        + " none of them is not asked about. [ none ] asks about every request.",
                byDefault = "header.Authorization")
        List<String> credentials,

        @Setting(
                value =
                        "Fields of the request that go with the question, beside X-Forwarded-Method, -Uri, -Host, -Proto"
                                + " and -For, and X-Request-Id.",
                byDefault = "Authorization, Cookie, X-API-Key")
        List<String> requestHeaders,

        @Setting("Fields of a 2xx answer that the service is sent. What clients send under these names is dropped.")
        List<String> responseHeaders,

        @Setting("Part of a 2xx answer that says who the user is: header.X-User-Id or body.user.id. It must be there.")
        @Nullable
        String userFrom,

        @Setting("Part of a 2xx answer with the roles: a list, or a text with commas or spaces between them.") @Nullable
        String rolesFrom,

        @Setting("Part of a 2xx answer that names the consumer. One that names nobody under consumers makes none.")
        @Nullable
        String consumerFrom,

        @Setting("What else is known of the user, by name, each with its part of a 2xx answer: tenant: body.tenant")
        Map<String, String> claims,

        @Setting("How long answers are remembered. Left out, every request is asked about.") @Nullable
        ExternalCacheConfig cache,

        @Setting(value = "Time the auth service has for its whole answer.", byDefault = "2s", min = "10ms", max = "30s")
        Duration timeout,

        @Setting(
                value = "What a request gets when the auth service fails or makes no sense: unavailable (503) or deny"
                        + " (403).",
                byDefault = "unavailable")
        OnError onError,

        @Setting(
                value = "Whether a 302, 303 or 307 of the auth service is passed on, its cookies too: to a login page.",
                byDefault = "false")
        boolean redirects,

        @Setting(value = "Whether the service is sent the credentials too.", byDefault = "false")
        boolean keep) {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    /// In place of all credentials.
    private static final String NONE = "none";

    public ExternalConfig {
        credentials = credentials.equals(List.of(NONE)) ? List.of() : List.copyOf(credentials);
        requestHeaders = List.copyOf(requestHeaders);
        responseHeaders = List.copyOf(responseHeaders);
        claims = Map.copyOf(claims);
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("method: '" + method + "' (expected: GET, HEAD or POST)");
        }
        keyed("credentials", credentials, written -> {
            if (!RequestPart.of(written).canBeCredential()) {
                throw new IllegalArgumentException("'" + written + "' is in every request, so it proves nothing");
            }
        });
        keyed("request_headers", requestHeaders, ExternalConfig::checkSent);
        keyed("response_headers", responseHeaders, name -> FieldValues.editable(HeaderName.of(name)));
        keyed("user_from", listOf(userFrom), AnswerPart::of);
        keyed("roles_from", listOf(rolesFrom), AnswerPart::of);
        keyed("consumer_from", listOf(consumerFrom), AnswerPart::of);
        keyed("claims", List.copyOf(claims.values()), AnswerPart::of);
        if (method.equals("HEAD") && readsBody(userFrom, rolesFrom, consumerFrom, claims)) {
            throw new IllegalArgumentException("method: an answer to HEAD has no body to read a value from");
        }
        checkKey(cache, credentials);
    }

    private static void checkSent(String name) {
        HeaderName field = FieldValues.editable(HeaderName.of(name));
        String lower = field.toString().toLowerCase(Locale.ROOT);
        if (lower.startsWith("x-forwarded-") || lower.equals("x-request-id")) {
            throw new IllegalArgumentException(name + " is sent anyway, and says what the gateway knows");
        }
        if (lower.startsWith("proxy-") || lower.equals("expect") || lower.equals("trailer")) {
            throw new IllegalArgumentException(name + " is meant for this connection only (RFC 9110 §7.6.1)");
        }
    }

    /// Whoever has another credential must not get an answer that was about somebody else.
    private static void checkKey(@Nullable ExternalCacheConfig cache, List<String> credentials) {
        if (cache != null) {
            Set<RequestPart> key = new HashSet<>(cache.parts());
            for (String credential : credentials) {
                if (!key.contains(RequestPart.of(credential))) {
                    throw new IllegalArgumentException(
                            "cache.key: has to hold '" + credential + "', by which clients are told apart");
                }
            }
        }
    }

    private static boolean readsBody(
            @Nullable String user, @Nullable String roles, @Nullable String consumer, Map<String, String> claims) {
        return Stream.concat(
                        Stream.of(listOf(user), listOf(roles), listOf(consumer)).flatMap(List::stream),
                        claims.values().stream())
                .anyMatch(written -> AnswerPart.of(written).inBody());
    }

    private static List<String> listOf(@Nullable String written) {
        return written == null ? List.of() : List.of(written);
    }

    private static void keyed(String key, List<String> written, Consumer<String> check) {
        try {
            written.forEach(check);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    /// What answers depend on: with other settings, other ones hold.
    int meaning() {
        return Objects.hash(
                url,
                method,
                credentials,
                requestHeaders,
                responseHeaders,
                userFrom,
                rolesFrom,
                consumerFrom,
                new TreeMap<>(claims),
                cache,
                redirects);
    }
}
