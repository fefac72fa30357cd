package dev.gatehouse.policy.auth.oidc;

import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.AuthenticatorFactory;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.policy.auth.cookie.OwnCookie;
import dev.gatehouse.policy.auth.cookie.Seal;
import dev.gatehouse.policy.auth.oidc.OidcConfig.Forward;
import dev.gatehouse.policy.auth.oidc.OidcConfig.ResponseMode;
import dev.gatehouse.policy.auth.oidc.provider.Provider;
import dev.gatehouse.policy.auth.oidc.provider.ProviderAlgorithms;
import dev.gatehouse.policy.auth.oidc.provider.ProviderTokenCheck;
import dev.gatehouse.policy.auth.oidc.provider.TokenEndpoint;
import dev.gatehouse.policy.auth.oidc.session.SessionConfig;
import dev.gatehouse.policy.auth.oidc.session.Sessions;
import dev.gatehouse.policy.auth.token.IdentityMapping;
import java.util.List;

/// Makes the authenticators of type `oidc`.
public final class OidcAuthenticatorFactory implements AuthenticatorFactory<OidcConfig> {
    @Override
    public String type() {
        return "oidc";
    }

    @Override
    public Class<OidcConfig> configType() {
        return OidcConfig.class;
    }

    @Override
    public OidcAuthenticator create(OidcConfig config, AuthenticatorContext context) {
        String name = context.name();
        SessionConfig session = config.session();
        OwnCookie cookie = cookie(session, name);
        OwnCookie logins = new OwnCookie(cookie.name() + "-login", config.responseMode() == ResponseMode.FORM_POST);
        List<byte[]> secrets = Sessions.secrets(session, config.clientSecret() == null ? "" : config.clientSecret());
        StateRef<Store> store = store(session, context);
        if (config.hasGuessableSecret()) {
            context.warn(
                    "client_secret",
                    "is all that seals the cookies, and short enough to be guessed from one: write 'session.secret', of"
                            + " at least 32 octets of chance (such as 'openssl rand -base64 32' makes)");
        }
        boolean keepsAccess = config.forward() == Forward.ACCESS_TOKEN;

        OwnAddress address = OwnAddress.of(config, name);
        StateRef<Provider> provider = context.state(
                "provider/" + config.issuedBy() + " " + config.discoveryUrl(),
                () -> new Provider(config.discoveryUrl(), config.issuedBy(), context));
        ProviderTokenCheck check = new ProviderTokenCheck(
                config.clientId(),
                ProviderAlgorithms.of(config.algorithms(), config.clientSecret()),
                config.leeway().plusMillis(999).toSeconds(),
                context.time());
        TokenEndpoint endpoint = new TokenEndpoint(
                config.clientId(), config.clientSecret(), config.userinfoSigned(), config.timeout(), check);
        Sessions sessions =
                new Sessions(session, cookie, Seal.of("oidc session " + name, secrets), store, keepsAccess, context);
        Login login = new Login(
                config,
                address,
                provider,
                endpoint,
                sessions,
                logins,
                Seal.of("oidc login " + name, secrets),
                store,
                name,
                context.time());
        return new OidcAuthenticator(
                address,
                login,
                new Logout(config.clientId(), address, provider, check, sessions),
                sessions,
                logins,
                new SessionIdentity(
                        new IdentityMapping(name, config.rolesFrom(), config.consumerFrom()), context.consumers()),
                new SessionRefresh(
                        provider,
                        endpoint,
                        context.state("renewals", Renewals::new),
                        new SharedRenewals(name, store, config.timeout()),
                        keepsAccess,
                        context.time()),
                config.forward(),
                context.time());
    }

    private static OwnCookie cookie(SessionConfig session, String name) {
        if (session.cookie() != null) {
            return new OwnCookie(session.cookie());
        }
        return new OwnCookie("gatehouse-" + name.replaceAll("[^A-Za-z0-9_-]", "_"));
    }

    private static StateRef<Store> store(SessionConfig session, AuthenticatorContext context) {
        try {
            return context.revocations(session.store());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("session." + e.getMessage(), e);
        }
    }
}
