package dev.gatehouse.policy.auth.revocation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What there is to know of one token that may be revoked, and what was last heard of it. Shared by all loops.
public final class RevocationWatch {
    private final @Nullable String token;
    private final @Nullable String subject;
    private final @Nullable Instant issued;
    private volatile @Nullable Answer last;

    /// @param until as [dev.gatehouse.api.time.TimeSource#nanos]
    record Answer(boolean revoked, long until) {}

    /// @param token its `jti`; null when it has none
    /// @param subject its `sub`; null when it has none
    /// @param issued its `iat`; null when it has none
    public RevocationWatch(@Nullable String token, @Nullable String subject, @Nullable Instant issued) {
        this.token = token;
        this.subject = subject;
        this.issued = issued;
    }

    @Nullable
    String token() {
        return token;
    }

    @Nullable
    String subject() {
        return subject;
    }

    /// Whether it was issued until then, as far as it says.
    boolean isIssuedUntil(Instant moment) {
        return issued == null || !issued.isAfter(moment);
    }

    @Nullable
    Answer last() {
        return last;
    }

    void heard(@Nullable Answer answer) {
        last = answer;
    }
}
