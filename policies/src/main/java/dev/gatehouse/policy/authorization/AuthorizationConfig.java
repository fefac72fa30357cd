package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;

/// What the user writes under `security.authorization`.
@Settings(name = "security.authorization", value = "Who may do what: rules about requests of all routes.")
public record AuthorizationConfig(
        @Setting("Rules. All that match a request have to be met, whatever their order: another one only tightens.")
        List<RuleConfig> policies,

        @Setting(value = "false takes no account of roles in these rules. Everything else holds.", byDefault = "true")
        boolean rbacEnabled) {
    public AuthorizationConfig {
        policies = List.copyOf(policies);
    }
}
