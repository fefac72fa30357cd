package dev.gatehouse.policy.securityheaders;

import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.util.List;

/// Makes the policy of the slot `security_headers`.
public final class SecurityHeadersPolicyFactory implements PolicyFactory<SecurityHeadersConfig> {
    @Override
    public String name() {
        return "security_headers";
    }

    @Override
    public Class<SecurityHeadersConfig> configType() {
        return SecurityHeadersConfig.class;
    }

    @Override
    public List<Staged> create(SecurityHeadersConfig config, PolicyContext context) {
        return List.of(new Staged(Stage.RESPONSE_HEADERS, new SecurityHeadersPolicy(config)));
    }
}
