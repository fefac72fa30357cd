package dev.gatehouse.policy.auth.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.state.SharedState;
import org.jspecify.annotations.Nullable;

/// The tokens that were verified, so that a signature is reckoned once per token and not once per request. Bounded by
/// the octets it takes; what is seldom used goes first. Shared by all loops.
final class VerifiedTokens implements SharedState<VerifiedTokens> {
    /// What a token takes beside its own octets: its claims, as objects, and what holds them.
    private static final int CLAIMS_TIMES = 4;

    private static final int BESIDE = 1024;

    private final Cache<TokenKey, VerifiedToken> tokens;
    private final boolean writes;

    /// @param octets it may take, about; 0 remembers nothing
    VerifiedTokens(long octets) {
        this(
                Caffeine.newBuilder()
                        .maximumWeight(octets)
                        .weigher((TokenKey key, VerifiedToken _) -> key.length() * (1 + CLAIMS_TIMES) + BESIDE)
                        .executor(Runnable::run)
                        .build(),
                true);
    }

    private VerifiedTokens(Cache<TokenKey, VerifiedToken> tokens, boolean writes) {
        this.tokens = tokens;
        this.writes = writes;
    }

    /// Null when it is not known; makes no String.
    @Nullable
    VerifiedToken find(Text token) {
        return tokens.getIfPresent(TokenKey.view(token));
    }

    void remember(TokenKey token, VerifiedToken verified) {
        if (writes) {
            tokens.put(token, verified);
        }
    }

    void forget(TokenKey token) {
        if (writes) {
            tokens.invalidate(token);
        }
    }

    /// What it takes, about, in octets.
    long weight() {
        tokens.cleanUp();
        return tokens.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }

    @Override
    public VerifiedTokens peek() {
        return new VerifiedTokens(tokens, false);
    }
}
