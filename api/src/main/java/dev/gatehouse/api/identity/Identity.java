package dev.gatehouse.api.identity;

import dev.gatehouse.api.Attribute;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who makes a request, as its credential proved it. Immutable, so that what was verified once may be remembered and
/// shared by all loops. Holds no credential.
///
/// @param method the name under `security.authentication` of what proved it
/// @param subject the user, such as a token's `sub`; null for a program that is only a consumer
/// @param consumer who has bought what; null when nobody we sell to is meant
/// @param credential what people call the credential (the id of a key, a token's `jti`); never the credential itself
/// @param roles what it may do, by role
/// @param scopes what it was allowed to do in the user's place (RFC 6749 §3.3)
/// @param claims what else is known, as JSON values: String, Long, Double, Boolean, List and Map of these
public record Identity(
        String method,
        @Nullable String subject,
        @Nullable Consumer consumer,
        @Nullable String credential,
        Set<String> roles,
        Set<String> scopes,
        Map<String, Object> claims) {
    /// Where the identity of an exchange stands once authentication has passed. Whoever asked nobody has none.
    public static final Attribute<Identity> OF_EXCHANGE = Attribute.of("identity");

    /// Somebody a question of `explain` or of a test takes for granted, in place of a credential. Never set for a
    /// client's request.
    public static final Attribute<AssumedIdentity> ASSUMED = Attribute.of("assumed identity");

    /// Set by a rule that refuses because nobody was identified: the client is told how it can show who it is.
    public static final Attribute<Boolean> WANTED = Attribute.of("identity wanted");

    /// Set by an authenticator that found its credential where browsers send it by themselves, whichever page
    /// asked for the request: a cookie, Basic authentication, a client certificate. Whoever guards against
    /// requests of other sites goes by that. Where several credentials were needed, all of them were found so.
    public static final Attribute<Boolean> AMBIENT = Attribute.of("ambient credential");

    public Identity {
        roles = Collections.unmodifiableSet(new LinkedHashSet<>(roles));
        scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
        claims = Collections.unmodifiableMap(new TreeMap<>(claims));
    }

    /// A consumer that showed a credential of its own.
    public static Identity of(String method, Consumer consumer, @Nullable String credential) {
        return new Identity(method, null, consumer, credential, consumer.roles(), Set.of(), Map.of());
    }

    /// The claim at this path; `realm_access.roles` is `roles` within `realm_access`, unless a claim is called just
    /// that, dots included. Null when there is none.
    public @Nullable Object claim(String path) {
        return claim(claims, path);
    }

    private static @Nullable Object claim(Map<?, ?> within, String path) {
        Object whole = within.get(path);
        if (whole != null) {
            return whole;
        }
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            if (within.get(path.substring(0, dot)) instanceof Map<?, ?> deeper) {
                Object found = claim(deeper, path.substring(dot + 1));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /// Both at once, for a route that wants several proofs: what this one says wins where both say something.
    public Identity and(Identity other) {
        Map<String, Object> all = new LinkedHashMap<>(other.claims);
        all.putAll(claims);
        return new Identity(
                method + "+" + other.method,
                subject == null ? other.subject : subject,
                consumer == null ? other.consumer : consumer,
                credential == null ? other.credential : credential,
                union(roles, other.roles),
                union(scopes, other.scopes),
                all);
    }

    /// The same, proved by another method.
    Identity by(String other) {
        return new Identity(other, subject, consumer, credential, roles, scopes, claims);
    }

    /// The same for this consumer, and with its roles.
    public Identity as(Consumer known) {
        return new Identity(method, subject, known, credential, union(roles, known.roles()), scopes, claims);
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(others);
        return all;
    }

    /// Who it is, for logs and traces: `sub=u1 consumer=acme roles=[customer]`.
    public String summary() {
        StringBuilder text = new StringBuilder(48);
        if (subject != null) {
            text.append("sub=").append(subject).append(' ');
        }
        if (consumer != null) {
            text.append("consumer=").append(consumer.name()).append(' ');
        }
        if (credential != null) {
            text.append("credential=").append(credential).append(' ');
        }
        return text.append("roles=").append(roles).toString();
    }
}
