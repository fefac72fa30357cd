package dev.gatehouse.policy.bodylimit;

import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.util.List;

/// Makes the policy of the slot `body_limit`.
public final class BodyLimitPolicyFactory implements PolicyFactory<BodyLimitConfig> {
    @Override
    public String name() {
        return "body_limit";
    }

    @Override
    public Class<BodyLimitConfig> configType() {
        return BodyLimitConfig.class;
    }

    @Override
    public List<Staged> create(BodyLimitConfig config, PolicyContext context) {
        return List.of(new Staged(Stage.BODY_LIMIT, new BodyLimitPolicy(config.size())));
    }
}
