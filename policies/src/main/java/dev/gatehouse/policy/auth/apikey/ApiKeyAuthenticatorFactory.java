package dev.gatehouse.policy.auth.apikey;

import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.AuthenticatorFactory;

/// Makes authenticators of the type `api_key`.
public final class ApiKeyAuthenticatorFactory implements AuthenticatorFactory<ApiKeyConfig> {
    @Override
    public String type() {
        return "api_key";
    }

    @Override
    public Class<ApiKeyConfig> configType() {
        return ApiKeyConfig.class;
    }

    @Override
    public Authenticator create(ApiKeyConfig config, AuthenticatorContext context) {
        return new ApiKeyAuthenticator(context.name(), config.place().place(), config.keep(), context.consumers());
    }
}
