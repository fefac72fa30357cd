package dev.gatehouse.policy.internaltoken;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.util.List;

/// Makes the policy of the slot `internal_token`.
public final class InternalTokenPolicyFactory implements PolicyFactory<InternalTokenConfig> {
    static final HeaderName AUTHORIZATION = HeaderName.of("Authorization");

    @Override
    public String name() {
        return "internal_token";
    }

    @Override
    public Class<InternalTokenConfig> configType() {
        return InternalTokenConfig.class;
    }

    @Override
    public List<Staged> create(InternalTokenConfig config, PolicyContext context) {
        SigningKey key = SigningKey.of(config);
        HeaderName header = HeaderName.of(config.header());
        if (!header.equals(AUTHORIZATION)) {
            context.reserve(header);
        }
        Policy policy = config.publish()
                ? new PublicKeyPolicy(key.jwks())
                : new InternalTokenPolicy(
                        header, new TokenMint(config, key, context.time()), context.state("minted", MintedTokens::new));
        return List.of(new Staged(Stage.REQUEST_HEADERS, policy));
    }
}
