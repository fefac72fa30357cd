package dev.gatehouse.policy.cors;

import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.util.List;

/// Makes the policy of the slot `cors`.
public final class CorsPolicyFactory implements PolicyFactory<CorsConfig> {
    @Override
    public String name() {
        return "cors";
    }

    @Override
    public Class<CorsConfig> configType() {
        return CorsConfig.class;
    }

    @Override
    public List<Staged> create(CorsConfig config, PolicyContext context) {
        return List.of(new Staged(Stage.CORS, new CorsPolicy(config)));
    }
}
