package dev.gatehouse.policy.internaltoken;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.api.state.SharedState;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tokens that were signed and are still good. Shared by all routes with the same settings and by all loops;
/// bounded.
final class MintedTokens implements SharedState<MintedTokens> {
    /// About 1 KiB each.
    private static final int MOST = 10_000;

    private final Cache<Caller, Minted> tokens;
    private final boolean writes;

    /// What a token says of somebody: the same for the same caller, whatever credential is shown.
    record Caller(
            @Nullable String subject,
            @Nullable String consumer,
            Set<String> roles,
            Set<String> scopes,
            Map<String, Object> claims) {}

    /// @param until another one is made, in seconds since 1970
    /// @param by the settings it was made by: others make others
    record Minted(String token, long until, InternalTokenConfig by) {
        /// Never the token.
        @Override
        public String toString() {
            return "token until " + until;
        }
    }

    MintedTokens() {
        this(Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build(), true);
    }

    private MintedTokens(Cache<Caller, Minted> tokens, boolean writes) {
        this.tokens = tokens;
        this.writes = writes;
    }

    @Nullable
    Minted find(Caller caller) {
        return tokens.getIfPresent(caller);
    }

    void keep(Caller caller, Minted token) {
        if (writes) {
            tokens.put(caller, token);
        }
    }

    @Override
    public MintedTokens peek() {
        return new MintedTokens(tokens, false);
    }
}
