package dev.gatehouse.policy.auth.token;

import dev.gatehouse.policy.auth.bearer.TokenFault;
import dev.gatehouse.policy.auth.bearer.TokenFault.Kind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The claims of a token (RFC 7519 §4), looked at with the eyes of somebody who distrusts them. Times are whole
/// seconds: a fraction, a text or a number without end is refused.
///
/// @param all those that are not null, as values of JSON
public record TokenClaims(Map<String, Object> all) {
    /// Deeper than that no claim is looked into.
    private static final int DEEPEST = 16;

    /// A time that is not there.
    public static final long NEVER = Long.MAX_VALUE;

    /// 31 December 9999: later times are mistakes, and could not be reckoned with.
    private static final long LATEST = 253_402_300_799L;

    public TokenClaims {
        all = plain(all);
    }

    private static Map<String, Object> plain(Map<String, Object> claims) {
        Map<String, Object> plain = new LinkedHashMap<>();
        claims.forEach((name, value) -> {
            Object known = plain(value, 0);
            if (known != null) {
                plain.put(name, known);
            }
        });
        return plain;
    }

    private static @Nullable Object plain(@Nullable Object value, int depth) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean flag -> flag;
            case Long number -> number;
            case Number number -> number.doubleValue();
            case List<?> list
            when depth < DEEPEST ->
                list.stream()
                        .map(entry -> plain(entry, depth + 1))
                        .filter(entry -> entry != null)
                        .toList();
            case Map<?, ?> map
            when depth < DEEPEST -> {
                Map<String, Object> deeper = new LinkedHashMap<>();
                map.forEach((name, entry) -> {
                    Object known = plain(entry, depth + 1);
                    if (known != null) {
                        deeper.put(String.valueOf(name), known);
                    }
                });
                yield deeper;
            }
            default -> null;
        };
    }

    /// A claim that is a text; null when it is none, or empty.
    public @Nullable String text(String name) {
        return all.get(name) instanceof String text && !text.isEmpty() ? text : null;
    }

    /// Seconds since 1970, or [#NEVER].
    public long seconds(String name) {
        return all.get(name) instanceof Long seconds ? seconds : NEVER;
    }

    /// When it was issued; null when it does not say so.
    public @Nullable Instant issued() {
        long issued = seconds("iat");
        return issued == NEVER ? null : Instant.ofEpochSecond(issued);
    }

    /// The moment from which it is void; null when it does not say so.
    public @Nullable Instant expires() {
        long expires = seconds("exp");
        return expires == NEVER ? null : Instant.ofEpochSecond(expires);
    }

    /// What is wrong with them, or null.
    public @Nullable TokenFault fault(TokenRules rules, Instant now) {
        TokenFault times = times(now, rules.leeway(), rules.needsExpiry());
        if (times != null) {
            return times;
        }
        if (rules.issuer() != null && !rules.issuer().equals(text("iss"))) {
            return new TokenFault(Kind.ISSUER, "iss is not " + rules.issuer());
        }
        if (!rules.audience().isEmpty() && !isFor(rules.audience())) {
            return new TokenFault(Kind.AUDIENCE, "aud " + all.get("aud") + " holds none of " + rules.audience());
        }
        if (rules.needsSubject() && text("sub") == null) {
            return new TokenFault(Kind.CLAIMS, "sub is missing");
        }
        for (String name : rules.requiredClaims()) {
            if (!all.containsKey(name)) {
                return new TokenFault(Kind.CLAIMS, name + " is missing");
            }
        }
        return null;
    }

    private @Nullable TokenFault times(Instant now, long leeway, boolean needsExpiry) {
        for (String name : List.of("exp", "nbf", "iat")) {
            Object value = all.get(name);
            if (value != null && !(value instanceof Long seconds && seconds >= 0 && seconds <= LATEST)) {
                return new TokenFault(Kind.CLAIMS, name + " is not a number of whole seconds since 1970");
            }
        }
        long seconds = now.getEpochSecond();
        long expires = seconds("exp");
        if (expires == NEVER && needsExpiry) {
            return new TokenFault(Kind.CLAIMS, "exp is missing");
        }
        if (expires != NEVER && seconds >= expires + leeway) {
            return TokenFault.expired(Instant.ofEpochSecond(expires));
        }
        for (String name : List.of("nbf", "iat")) {
            long from = seconds(name);
            if (from != NEVER && from > seconds + leeway) {
                return new TokenFault(
                        Kind.NOT_YET,
                        name + " is " + (from - seconds) + " s from now: are the clocks right? ('leeway' is " + leeway
                                + "s)");
            }
        }
        return null;
    }

    /// Whether it is meant for one of these: exactly, no part of a name.
    private boolean isFor(Set<String> audience) {
        return switch (all.get("aud")) {
            case String one -> audience.contains(one);
            case List<?> several -> several.stream().anyMatch(audience::contains);
            case null, default -> false;
        };
    }

    /// Its claims may name people.
    @Override
    public String toString() {
        return "claims " + all.keySet();
    }
}
