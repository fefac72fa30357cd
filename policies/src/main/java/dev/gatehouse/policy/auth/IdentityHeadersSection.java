package dev.gatehouse.policy.auth;

import dev.gatehouse.api.config.ConfigSection;

/// The section `security.identity_headers`.
public final class IdentityHeadersSection implements ConfigSection<IdentityHeadersConfig> {
    @Override
    public String name() {
        return "security.identity_headers";
    }

    @Override
    public Class<IdentityHeadersConfig> type() {
        return IdentityHeadersConfig.class;
    }
}
