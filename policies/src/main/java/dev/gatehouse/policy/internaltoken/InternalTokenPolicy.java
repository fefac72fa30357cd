package dev.gatehouse.policy.internaltoken;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.state.StateRef;

/// Sends a token about the caller along; nothing about somebody who is nobody.
final class InternalTokenPolicy implements Policy {
    private final HeaderName header;
    private final String prefix;
    private final TokenMint mint;
    private final StateRef<MintedTokens> minted;

    InternalTokenPolicy(HeaderName header, TokenMint mint, StateRef<MintedTokens> minted) {
        this.header = header;
        this.prefix = header.equals(InternalTokenPolicyFactory.AUTHORIZATION) ? "Bearer " : "";
        this.mint = mint;
        this.minted = minted;
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        Identity identity = exchange.get(Identity.OF_EXCHANGE);
        if (identity != null) {
            exchange.setRequestHeader(header, prefix + mint.token(identity, exchange.state(minted)));
            exchange.note("token for the service");
        }
        return Decision.CONTINUE;
    }
}
