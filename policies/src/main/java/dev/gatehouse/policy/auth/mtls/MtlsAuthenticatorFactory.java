package dev.gatehouse.policy.auth.mtls;

import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.AuthenticatorFactory;

/// Makes the authenticators of type `mtls`.
public final class MtlsAuthenticatorFactory implements AuthenticatorFactory<MtlsConfig> {
    @Override
    public String type() {
        return "mtls";
    }

    @Override
    public Class<MtlsConfig> configType() {
        return MtlsConfig.class;
    }

    @Override
    public MtlsAuthenticator create(MtlsConfig config, AuthenticatorContext context) {
        return new MtlsAuthenticator(new Holders(context.name(), config), context.consumers(), context.time());
    }
}
