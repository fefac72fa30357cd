package dev.gatehouse.policy.auth.jwt;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.AuthenticatorFactory;
import dev.gatehouse.policy.auth.bearer.Words;
import dev.gatehouse.policy.auth.jwks.DiscoveredKeys;
import dev.gatehouse.policy.auth.jwks.Discovery;
import dev.gatehouse.policy.auth.jwks.JwksReader;
import dev.gatehouse.policy.auth.jwks.KeySet;
import dev.gatehouse.policy.auth.jwks.KeySource;
import dev.gatehouse.policy.auth.jwks.PublicKeyReader;
import dev.gatehouse.policy.auth.jwks.RemoteKeys;
import dev.gatehouse.policy.auth.jwks.SigningAlgorithm;
import dev.gatehouse.policy.auth.jwks.VerificationKey;
import dev.gatehouse.policy.auth.revocation.RevocationCheck;
import dev.gatehouse.policy.auth.token.IdentityMapping;
import dev.gatehouse.policy.auth.token.SignedTokens;
import dev.gatehouse.policy.auth.token.TokenRules;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jose4j.keys.HmacKey;
import org.jspecify.annotations.Nullable;

/// Makes the authenticators of type `jwt`.
public final class JwtAuthenticatorFactory implements AuthenticatorFactory<JwtConfig> {
    @Override
    public String type() {
        return "jwt";
    }

    @Override
    public Class<JwtConfig> configType() {
        return JwtConfig.class;
    }

    @Override
    public JwtAuthenticator create(JwtConfig config, AuthenticatorContext context) {
        KeySource keys = keys(config, context);
        TokenRules rules = new TokenRules(
                algorithms(config, keys),
                config.issuedBy(),
                set(config.audience()),
                set(config.typ()).stream().map(JwtAuthenticatorFactory::type).collect(Collectors.toSet()),
                config.leeway().plusMillis(999).toSeconds(),
                config.requireExp(),
                config.requireSub(),
                config.requiredClaims());
        SignedTokens tokens = new SignedTokens(
                rules,
                new IdentityMapping(context.name(), config.rolesFrom(), config.consumerFrom()),
                keys,
                RevocationCheck.of(config.revocation(), context),
                config.remember(),
                context);
        return new JwtAuthenticator(config.in().place(), config.keep(), tokens);
    }

    private static KeySource keys(JwtConfig config, AuthenticatorContext context) {
        Discovery discovery = config.discovery();
        if (discovery != null) {
            return DiscoveredKeys.source(discovery, config.jwksRefresh(), context);
        }
        if (config.jwksUrl() != null) {
            return RemoteKeys.source(config.jwksUrl(), config.jwksRefresh(), context);
        }
        if (config.jwks() != null) {
            FileContent file = config.jwks();
            return new KeySource.Fixed(at("jwks", () -> file(file)));
        }
        if (config.publicKey() != null) {
            FileContent file = config.publicKey();
            return fixed("public_key", at("public_key", () -> PublicKeyReader.read(file)), config);
        }
        String secret = config.secret() == null ? "" : config.secret();
        return fixed("secret", new HmacKey(secret.getBytes(StandardCharsets.UTF_8)), config);
    }

    private static KeySet file(FileContent file) {
        try {
            return JwksReader.read(file.text());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file.name() + " " + e.getMessage(), e);
        }
    }

    /// The one key there is; it is strong enough for every algorithm that is named.
    private static KeySource fixed(String setting, Key key, JwtConfig config) {
        Set<SigningAlgorithm> fitting = SigningAlgorithm.of(key);
        for (SigningAlgorithm algorithm : config.algorithms()) {
            if (!fitting.contains(algorithm)) {
                throw new IllegalArgumentException(setting + ": the key does not do for " + algorithm.label()
                        + (algorithm.isSymmetric()
                                ? ", which needs at least " + algorithm.leastSecret() + " octets"
                                : ""));
            }
        }
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException(setting + ": the key is too weak, or of a kind that signs no tokens"
                    + " (expected: a secret of at least 32 octets, RSA of at least 2048 bits, P-256, P-384, P-521"
                    + " or Ed25519)");
        }
        return new KeySource.Fixed(KeySet.of(new VerificationKey(null, key, fitting)));
    }

    private static Set<SigningAlgorithm> algorithms(JwtConfig config, KeySource keys) {
        if (!config.algorithms().isEmpty()) {
            return Set.copyOf(config.algorithms());
        }
        EnumSet<SigningAlgorithm> all = EnumSet.noneOf(SigningAlgorithm.class);
        switch (keys) {
            case KeySource.Fixed(KeySet set) -> set.keys().forEach(key -> all.addAll(key.algorithms()));
            case KeySource.Remote _, KeySource.Discovered _ -> {
                all.addAll(List.of(SigningAlgorithm.values()));
                all.removeIf(SigningAlgorithm::isSymmetric);
            }
        }
        return all;
    }

    /// `application/at+jwt` and `AT+JWT` are `at+jwt` (RFC 7515 §4.1.9).
    private static String type(String written) {
        String type = written.toLowerCase(Locale.ROOT);
        return type.startsWith("application/") ? type.substring("application/".length()) : type;
    }

    private static Set<String> set(@Nullable Words words) {
        return words == null ? Set.of() : Set.copyOf(words.values());
    }

    private static <T> T at(String setting, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
        }
    }
}
