package dev.gatehouse.policy.auth.external;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.AuthenticatorFactory;

/// Makes the authenticators of type `external`.
public final class ExternalAuthenticatorFactory implements AuthenticatorFactory<ExternalConfig> {
    @Override
    public String type() {
        return "external";
    }

    @Override
    public Class<ExternalConfig> configType() {
        return ExternalConfig.class;
    }

    @Override
    public ExternalAuthenticator create(ExternalConfig config, AuthenticatorContext context) {
        config.responseHeaders().forEach(name -> context.reserve(HeaderName.of(name)));
        return new ExternalAuthenticator(config, context);
    }
}
