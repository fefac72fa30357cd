package dev.gatehouse.policy.auth.oauth2;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.AuthenticatorFactory;
import dev.gatehouse.policy.auth.jwks.DiscoveredKeys;
import dev.gatehouse.policy.auth.jwks.Discovery;
import dev.gatehouse.policy.auth.jwks.KeySource;
import dev.gatehouse.policy.auth.jwks.ProviderUrl;
import dev.gatehouse.policy.auth.jwks.RemoteKeys;
import dev.gatehouse.policy.auth.jwks.SigningAlgorithm;
import dev.gatehouse.policy.auth.revocation.RevocationCheck;
import dev.gatehouse.policy.auth.token.IdentityMapping;
import dev.gatehouse.policy.auth.token.SignedTokens;
import dev.gatehouse.policy.auth.token.TokenRules;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;

/// Makes the authenticators of type `oauth2`.
public final class OAuth2AuthenticatorFactory implements AuthenticatorFactory<OAuth2Config> {
    /// Octets for verified tokens, as `jwt` has by default.
    private static final long REMEMBERED = 16 << 20;

    @Override
    public String type() {
        return "oauth2";
    }

    @Override
    public Class<OAuth2Config> configType() {
        return OAuth2Config.class;
    }

    @Override
    public OAuth2Authenticator create(OAuth2Config config, AuthenticatorContext context) {
        return new OAuth2Authenticator(
                config.in().place(), config.keep(), config.requiredScopes(), judge(config, context));
    }

    private static BiFunction<Exchange, Text, Authentication> judge(OAuth2Config config, AuthenticatorContext context) {
        IdentityMapping mapping = new IdentityMapping(context.name(), config.rolesFrom(), config.consumerFrom());
        ProviderUrl asked = config.introspectionUrl();
        if (asked != null) {
            IntrospectionAnswer answers = new IntrospectionAnswer(
                    rules(config, false), mapping, config.cache().toNanos());
            return new Introspection(config, asked.uri(), answers, context)::judge;
        }
        return new SignedTokens(
                rules(config, true),
                mapping,
                keys(config, context),
                RevocationCheck.of(config.revocation(), context),
                REMEMBERED,
                context)::judge;
    }

    private static KeySource keys(OAuth2Config config, AuthenticatorContext context) {
        Discovery discovery = config.discovery();
        if (discovery != null) {
            return DiscoveredKeys.source(discovery, config.jwksRefresh(), context);
        }
        ProviderUrl url = Objects.requireNonNull(config.jwksUrl(), "checked when it was made");
        return RemoteKeys.source(url, config.jwksRefresh(), context);
    }

    /// @param signed whether the token says so itself: what a server says it says as it likes (RFC 7662 §2.2)
    private static TokenRules rules(OAuth2Config config, boolean signed) {
        EnumSet<SigningAlgorithm> algorithms = EnumSet.noneOf(SigningAlgorithm.class);
        if (config.algorithms().isEmpty()) {
            algorithms.addAll(List.of(SigningAlgorithm.values()));
            algorithms.removeIf(SigningAlgorithm::isSymmetric);
        } else {
            algorithms.addAll(config.algorithms());
        }
        return new TokenRules(
                algorithms,
                config.issuedBy(),
                config.audience() == null
                        ? Set.of()
                        : Set.copyOf(config.audience().values()),
                Set.of(),
                config.leeway().plusMillis(999).toSeconds(),
                signed,
                signed,
                List.of());
    }
}
