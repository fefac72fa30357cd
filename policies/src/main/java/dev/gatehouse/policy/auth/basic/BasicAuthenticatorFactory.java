package dev.gatehouse.policy.auth.basic;

import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.AuthenticatorFactory;

/// Makes the authenticators of type `basic`.
public final class BasicAuthenticatorFactory implements AuthenticatorFactory<BasicConfig> {
    @Override
    public String type() {
        return "basic";
    }

    @Override
    public Class<BasicConfig> configType() {
        return BasicConfig.class;
    }

    /// No thread is there before there is something to do.
    @Override
    public BasicAuthenticator create(BasicConfig config, AuthenticatorContext context) {
        return new BasicAuthenticator(config, context, HashingThreads.started());
    }
}
