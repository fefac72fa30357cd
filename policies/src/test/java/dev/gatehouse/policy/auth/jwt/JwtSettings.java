package dev.gatehouse.policy.auth.jwt;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.policy.auth.bearer.TokenPlaceConfig;
import dev.gatehouse.policy.auth.bearer.Words;
import dev.gatehouse.policy.auth.jwks.ProviderUrl;
import dev.gatehouse.policy.auth.jwks.SigningAlgorithm;
import dev.gatehouse.policy.auth.revocation.RevocationConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settings as a user writes them, the rest by default.
final class JwtSettings {
    List<SigningAlgorithm> algorithms = List.of();

    @Nullable
    String secret;

    @Nullable
    FileContent publicKey;

    @Nullable
    FileContent jwks;

    @Nullable
    ProviderUrl jwksUrl;

    @Nullable
    ProviderUrl discoveryUrl;

    @Nullable
    String issuer;

    @Nullable
    Words audience;

    @Nullable
    Words typ;

    Duration leeway = Duration.ZERO;
    boolean requireExp = true;
    boolean requireSub = true;
    List<String> requiredClaims = List.of();
    String rolesFrom = "roles";

    @Nullable
    String consumerFrom;

    TokenPlaceConfig in = TokenPlaceConfig.AUTHORIZATION;
    boolean keep;
    long remember = 16 << 20;

    @Nullable
    RevocationConfig revocation;

    static JwtSettings secret(String secret) {
        JwtSettings settings = new JwtSettings();
        settings.secret = secret;
        return settings;
    }

    static JwtSettings jwks(String json) {
        JwtSettings settings = new JwtSettings();
        settings.jwks = new FileContent("keys.json", json.getBytes(StandardCharsets.UTF_8));
        return settings;
    }

    static JwtSettings url(String url) {
        JwtSettings settings = new JwtSettings();
        settings.jwksUrl = ProviderUrl.of(url);
        return settings;
    }

    /// As `customer` of the shop.
    JwtSettings shop() {
        issuer = "https://id.tasty.example";
        audience = Words.of("shop-api");
        return this;
    }

    JwtConfig config() {
        return new JwtConfig(
                algorithms,
                secret,
                publicKey,
                jwks,
                jwksUrl,
                discoveryUrl,
                Duration.ofMinutes(10),
                issuer,
                audience,
                typ,
                leeway,
                requireExp,
                requireSub,
                requiredClaims,
                rolesFrom,
                consumerFrom,
                in,
                keep,
                remember,
                revocation);
    }
}
