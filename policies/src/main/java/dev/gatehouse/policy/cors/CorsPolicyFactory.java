package dev.gatehouse.policy.cors;

import dev.gatehouse.api.PolicyContext;
import dev.gatehouse.api.PolicyFactory;
import dev.gatehouse.api.Stage;
import dev.gatehouse.api.Staged;
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
