package dev.gatehouse.policy.bodylimit;

import dev.gatehouse.api.PolicyContext;
import dev.gatehouse.api.PolicyFactory;
import dev.gatehouse.api.Stage;
import dev.gatehouse.api.Staged;
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
