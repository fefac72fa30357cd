package dev.gatehouse.policy.auth.oidc.session;

import dev.gatehouse.api.identity.Identity;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A session as it was opened, and what was found out about it since, so that it is found out once and not at every
/// request. Shared by all loops; what changes in it are references that anybody may set anew.
public final class KnownSession {
    private final Session session;
    private final Map<String, Object> claims;
    private volatile @Nullable Heard heard;
    private volatile @Nullable Identity identity;

    /// What the store said when it was asked last, and the session was good.
    ///
    /// @param mark as [EndedSessions] reads it: as long as it is the same, nothing ended; null for none
    /// @param until goes without asking, as [dev.gatehouse.api.time.TimeSource#nanos]
    /// @param endings how many sessions had been ended by this gateway
    record Heard(@Nullable String mark, long until, long endings) {}

    public KnownSession(Session session) {
        this.session = session;
        this.claims = session.claims();
    }

    public Session session() {
        return session;
    }

    /// What is known of the user.
    public Map<String, Object> claims() {
        return claims;
    }

    /// Who it is, reckoned once.
    public Identity identity(Function<KnownSession, Identity> reckoning) {
        Identity known = identity;
        if (known == null) {
            known = reckoning.apply(this);
            identity = known;
        }
        return known;
    }

    @Nullable
    Heard heard() {
        return heard;
    }

    void heard(@Nullable Heard now) {
        heard = now;
    }

    /// Never its secrets.
    @Override
    public String toString() {
        return "Known" + session;
    }
}
