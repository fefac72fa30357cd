package dev.gatehouse.policy.ratelimit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.template.Reference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// One thing that tells callers apart.
sealed interface KeyPart {
    /// A longer value is told by its hash.
    int LONGEST = 64;

    /// Appends `name=value`.
    ///
    /// @return whether the request has it; else what was appended means nothing
    boolean append(StringBuilder out, Exchange exchange);

    default boolean needsIdentity() {
        return false;
    }

    /// @throws IllegalArgumentException with a sentence for the user
    static KeyPart of(String text) {
        if (text.length() > 2 && text.startsWith("{") && text.endsWith("}")) {
            return new Fact(Reference.parameter(text.substring(1, text.length() - 1)));
        }
        int dot = text.indexOf('.');
        String name = text.substring(dot + 1);
        if (dot > 0 && !name.isEmpty()) {
            switch (text.substring(0, dot)) {
                case "header" -> {
                    return new Header(HeaderName.of(name));
                }
                case "cookie", "query" -> {
                    return new Fact(Reference.fact(text.substring(0, dot), name));
                }
                case "jwt" -> {
                    return new Claim(name);
                }
                default -> {}
            }
        }
        return switch (text) {
            case "client_ip" -> new Client();
            case "api_key" -> new ApiKey();
            case "consumer" -> new Consumer();
            case "user" -> new User();
            case "route" -> new Route();
            default ->
                throw new IllegalArgumentException(
                        "'" + text + "' tells no callers apart (expected: client_ip, api_key,"
                                + " consumer, user, route, header.x, cookie.x, query.x, jwt.x or {parameter})");
        };
    }

    /// The client's address.
    record Client() implements KeyPart {
        @Override
        public boolean append(StringBuilder out, Exchange exchange) {
            ClientAddress.append(out, exchange.request().clientAddress());
            return true;
        }

        @Override
        public String toString() {
            return "client_ip";
        }
    }

    /// The key that was shown, by what people call it. Who showed none is counted as the consumer or user it is.
    record ApiKey() implements KeyPart {
        @Override
        public boolean append(StringBuilder out, Exchange exchange) {
            Identity identity = exchange.get(Identity.OF_EXCHANGE);
            if (identity != null && identity.subject() == null && identity.credential() != null) {
                return plain(out, "api_key", identity.credential());
            }
            return consumer(out, identity) || user(out, identity);
        }

        @Override
        public boolean needsIdentity() {
            return true;
        }

        @Override
        public String toString() {
            return "api_key";
        }
    }

    /// The consumer.
    record Consumer() implements KeyPart {
        @Override
        public boolean append(StringBuilder out, Exchange exchange) {
            return consumer(out, exchange.get(Identity.OF_EXCHANGE));
        }

        @Override
        public boolean needsIdentity() {
            return true;
        }

        @Override
        public String toString() {
            return "consumer";
        }
    }

    /// The user, such as a token's `sub`; a program that is only a consumer is its own user.
    record User() implements KeyPart {
        @Override
        public boolean append(StringBuilder out, Exchange exchange) {
            Identity identity = exchange.get(Identity.OF_EXCHANGE);
            return user(out, identity) || consumer(out, identity);
        }

        @Override
        public boolean needsIdentity() {
            return true;
        }

        @Override
        public String toString() {
            return "user";
        }
    }

    /// The route.
    record Route() implements KeyPart {
        @Override
        public boolean append(StringBuilder out, Exchange exchange) {
            String route = exchange.route();
            out.append("route=").append(route.length() <= 2 * LONGEST ? route : hash(route));
            return true;
        }

        @Override
        public String toString() {
            return "route";
        }
    }

    /// A field; may hold a secret, so only its hash is kept.
    record Header(HeaderName name) implements KeyPart {
        @Override
        public boolean append(StringBuilder out, Exchange exchange) {
            return hashed(out, "header." + name, exchange.request().header(name));
        }

        @Override
        public String toString() {
            return "header." + name;
        }
    }

    /// A parameter of the path; or a cookie or parameter of the query, which may hold secrets.
    record Fact(Reference reference) implements KeyPart {
        @Override
        public boolean append(StringBuilder out, Exchange exchange) {
            CharSequence value = exchange.facts().value(reference);
            return reference.isParameter()
                    ? plain(out, "{" + reference + "}", value == null ? null : value.toString())
                    : hashed(out, reference.toString(), value);
        }

        @Override
        public String toString() {
            return reference.isParameter() ? "{" + reference + "}" : reference.toString();
        }
    }

    /// A claim of the token, or of whatever else proved who calls.
    record Claim(String path) implements KeyPart {
        @Override
        public boolean append(StringBuilder out, Exchange exchange) {
            Identity identity = exchange.get(Identity.OF_EXCHANGE);
            Object value = identity == null ? null : identity.claim(path);
            return plain(out, "jwt." + path, value == null ? null : value.toString());
        }

        @Override
        public boolean needsIdentity() {
            return true;
        }

        @Override
        public String toString() {
            return "jwt." + path;
        }
    }

    private static boolean consumer(StringBuilder out, @Nullable Identity identity) {
        return identity != null
                && identity.consumer() != null
                && plain(out, "consumer", identity.consumer().name());
    }

    private static boolean user(StringBuilder out, @Nullable Identity identity) {
        return identity != null && plain(out, "user", identity.subject());
    }

    /// The value, where it can stand in a key as it is; no value can look like two.
    private static boolean plain(StringBuilder out, String name, @Nullable String value) {
        return append(out, name, value == null || isPlain(value) ? value : hash(value));
    }

    private static boolean hashed(StringBuilder out, String name, @Nullable CharSequence value) {
        return append(out, name, value == null ? null : hash(value.toString()));
    }

    private static boolean append(StringBuilder out, String name, @Nullable String value) {
        if (value == null) {
            return false;
        }
        out.append(name).append('=').append(value);
        return true;
    }

    private static boolean isPlain(String value) {
        if (value.isEmpty() || value.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_.:@|".indexOf(c) >= 0;
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    /// 128 bits of SHA-256: nobody finds another value with the same.
    static String hash(String value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
            return "#" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
