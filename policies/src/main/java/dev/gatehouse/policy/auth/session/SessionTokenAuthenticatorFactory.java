package dev.gatehouse.policy.auth.session;

import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.AuthenticatorFactory;

/// Makes the authenticators of type `session`.
public final class SessionTokenAuthenticatorFactory implements AuthenticatorFactory<SessionTokenConfig> {
    @Override
    public String type() {
        return "session";
    }

    @Override
    public Class<SessionTokenConfig> configType() {
        return SessionTokenConfig.class;
    }

    @Override
    public SessionTokenAuthenticator create(SessionTokenConfig config, AuthenticatorContext context) {
        return new SessionTokenAuthenticator(config, context);
    }
}
