package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.config.ConfigSection;

/// The section `security.authorization`.
public final class AuthorizationSection implements ConfigSection<AuthorizationConfig> {
    @Override
    public String name() {
        return "security.authorization";
    }

    @Override
    public Class<AuthorizationConfig> type() {
        return AuthorizationConfig.class;
    }
}
