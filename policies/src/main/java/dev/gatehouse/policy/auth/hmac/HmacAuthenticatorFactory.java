package dev.gatehouse.policy.auth.hmac;

import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.AuthenticatorFactory;

/// Makes the authenticators of type `hmac`.
public final class HmacAuthenticatorFactory implements AuthenticatorFactory<HmacConfig> {
    @Override
    public String type() {
        return "hmac";
    }

    @Override
    public Class<HmacConfig> configType() {
        return HmacConfig.class;
    }

    @Override
    public HmacAuthenticator create(HmacConfig config, AuthenticatorContext context) {
        return new HmacAuthenticator(config, context);
    }
}
