package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.Exchange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whose requests are counted together: `client_ip`, or `[ consumer, route ]`.
///
/// What a request does not have, a header that is not there or a consumer nobody knows, is stood in for by the
/// client's address: leaving a field out is no way into a bucket of one's own, nor out of all of them.
public record CallerKey(List<KeyPart> parts) {
    public static final CallerKey CLIENT = new CallerKey(List.of(new KeyPart.Client()));
    public static final CallerKey CONSUMER = new CallerKey(List.of(new KeyPart.Consumer()));

    /// Of a store's keys, in characters.
    private static final int LONGEST = 512;

    public CallerKey {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("nobody stands here (expected: client_ip, consumer, route, …)");
        }
        if (new HashSet<>(parts).size() < parts.size()) {
            throw new IllegalArgumentException("one of these stands here twice");
        }
    }

    public static CallerKey of(String part) {
        return new CallerKey(List.of(KeyPart.of(part)));
    }

    public static CallerKey of(List<String> parts) {
        return new CallerKey(parts.stream().map(KeyPart::of).toList());
    }

    /// Whether it can only be told once it is known who calls.
    public boolean needsIdentity() {
        return parts.stream().anyMatch(KeyPart::needsIdentity);
    }

    /// @param known what the route's path calls its parameters
    /// @throws IllegalArgumentException for one it does not have, with a sentence for the user
    public void check(Set<String> known) {
        for (KeyPart part : parts) {
            if (part instanceof KeyPart.Fact(var reference)
                    && reference.isParameter()
                    && !known.contains(reference.name())) {
                throw new IllegalArgumentException("per: the path has no parameter {" + reference + "}");
            }
        }
    }

    /// Whose bucket, behind `prefix`: `client_ip=203.0.113.7`, `consumer=acme,route=GET /menus`. Holds no secret,
    /// and no two callers have the same.
    public String of(String prefix, Exchange exchange) {
        StringBuilder key = new StringBuilder(prefix.length() + 40).append(prefix);
        boolean standsIn = false;
        for (int i = 0; i < parts.size(); i++) {
            int before = key.length();
            if (before > prefix.length()) {
                key.append(',');
            }
            if (parts.get(i).append(key, exchange)) {
                continue;
            }
            key.setLength(before);
            standsIn = true;
        }
        if (standsIn) {
            if (key.length() > prefix.length()) {
                key.append(',');
            }
            key.append("instead_");
            ClientAddress.append(key, exchange.request().clientAddress());
        }
        return key.length() <= LONGEST ? key.toString() : prefix + KeyPart.hash(key.substring(prefix.length()));
    }

    @Override
    public String toString() {
        return String.join(", ", parts.stream().map(Object::toString).toList());
    }
}
