package dev.gatehouse.policy.iprules;

import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.util.List;

/// Makes the policy of the slot `ip_rules`.
public final class IpRulesPolicyFactory implements PolicyFactory<IpRulesConfig> {
    @Override
    public String name() {
        return "ip_rules";
    }

    @Override
    public Class<IpRulesConfig> configType() {
        return IpRulesConfig.class;
    }

    @Override
    public List<Staged> create(IpRulesConfig config, PolicyContext context) {
        return List.of(new Staged(Stage.IP_RULES, new IpRulesPolicy(config)));
    }
}
