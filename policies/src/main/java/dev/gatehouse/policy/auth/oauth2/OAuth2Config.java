package dev.gatehouse.policy.auth.oauth2;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.policy.auth.bearer.TokenPlaceConfig;
import dev.gatehouse.policy.auth.bearer.Words;
import dev.gatehouse.policy.auth.jwks.Discovery;
import dev.gatehouse.policy.auth.jwks.ProviderUrl;
import dev.gatehouse.policy.auth.jwks.SigningAlgorithm;
import dev.gatehouse.policy.auth.revocation.RevocationConfig;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the user writes under `security.authentication` with `type: oauth2`.
@Settings(
        name = "authentication.oauth2",
        value = "Bearer tokens of an authorization server, judged by that server or by its keys.")
public record OAuth2Config(
        @Setting("URL where the server says whether a token is good (RFC 7662). In place of its keys.") @Nullable
        ProviderUrl introspectionUrl,

        @Setting("What this gateway is called at the server: it says so, with client_secret, when it asks.") @Nullable
        String clientId,

        @Setting("Secret of client_id; write ${env:NAME} or ${file:path}.") @Nullable
        String clientSecret,

        @Setting(
                value =
                        "Time an answer of the server holds, bad ones too, but none beyond the token's exp; 0s asks every time.",
                byDefault = "30s",
                max = "1h")
        Duration cache,

        @Setting(
                value = "Time the server has for an answer; then the request is refused.",
                byDefault = "2s",
                min = "50ms",
                max = "30s")
        Duration timeout,

        @Setting("URL where the server publishes its keys, for tokens that are signed. In place of introspection_url.")
        @Nullable
        ProviderUrl jwksUrl,

        @Setting(
                "URL of the server's metadata, which say where its keys are. Without any of the three, found by issuer.")
        @Nullable
        ProviderUrl discoveryUrl,

        @Setting(
                value = "Age at which keys of the server are fetched anew; a key nobody knows is looked for at once.",
                byDefault = "10m",
                min = "10s",
                max = "24h")
        Duration jwksRefresh,

        @Setting("With keys, algorithms a token may be signed with, such as RS256; empty: all of public keys.")
        List<SigningAlgorithm> algorithms,

        @Setting("Who issues the tokens: iss is exactly this. Left out: whom discovery_url names, or anybody.")
        @Nullable
        String issuer,

        @Setting("For whom tokens are meant: one of these is in aud. Left out: aud is not looked at.") @Nullable
        Words audience,

        @Setting("Scopes a token must have, all of them; else 403.")
        List<String> requiredScopes,

        @Setting(value = "Difference of clocks that is forgiven in exp, nbf and iat.", byDefault = "0s", max = "5m")
        Duration leeway,

        @Setting(
                value = "Claim with the roles, a list or a text of names; dots lead into objects: realm_access.roles.",
                byDefault = "roles")
        String rolesFrom,

        @Setting("Claim that names the consumer, such as client_id. One that names nobody under consumers makes none.")
        @Nullable
        String consumerFrom,

        @Setting("Where in a request the token is; left out, in Authorization: Bearer.")
        TokenPlaceConfig in,

        @Setting(value = "Whether the service is sent the token too.", byDefault = "false")
        boolean keep,

        @Setting("List of revoked tokens that holds; left out, only the server revokes tokens.") @Nullable
        RevocationConfig revocation) {
    public OAuth2Config {
        algorithms = List.copyOf(algorithms);
        requiredScopes = List.copyOf(requiredScopes);
        long judges = Stream.of(introspectionUrl, jwksUrl, discoveryUrl)
                .filter(Objects::nonNull)
                .count();
        if (judges > 1 || (judges == 0 && issuer == null)) {
            throw new IllegalArgumentException(
                    "a token is judged by one of 'introspection_url', 'jwks_url' and 'discovery_url'"
                            + (judges == 0 ? ", or by the keys that 'issuer' publishes" : ", not by several"));
        }
        if (discoveryUrl != null || judges == 0) {
            Discovery.of(discoveryUrl, issuer); // says what is wrong with them
        }
        if ((clientId == null) != (clientSecret == null)) {
            throw new IllegalArgumentException((clientId == null ? "client_secret" : "client_id")
                    + ": 'client_id' and 'client_secret' go together");
        }
        if (introspectionUrl == null && clientId != null) {
            throw new IllegalArgumentException("client_id: only 'introspection_url' is asked with it");
        }
        if (introspectionUrl != null && !algorithms.isEmpty()) {
            throw new IllegalArgumentException(
                    "algorithms: with 'introspection_url' it is the server that verifies tokens");
        }
        if (introspectionUrl != null && revocation != null) {
            throw new IllegalArgumentException(
                    "revocation: with 'introspection_url' it is the server that revokes tokens");
        }
        for (SigningAlgorithm algorithm : algorithms) {
            if (algorithm.isSymmetric()) {
                throw new IllegalArgumentException(
                        "algorithms: " + algorithm.label() + " needs a secret, which no server publishes");
            }
        }
        for (String scope : requiredScopes) {
            if (!scope.matches("[!#-\\[\\]-~]+")) {
                throw new IllegalArgumentException(
                        "required_scopes: '" + scope + "' is no name of a scope (RFC 6749 §3.3)");
            }
        }
        if (rolesFrom.isBlank()) {
            throw new IllegalArgumentException("roles_from: is empty");
        }
    }

    /// Where the server says what its keys are; null when it is not asked that.
    @Nullable
    Discovery discovery() {
        return introspectionUrl == null && jwksUrl == null ? Discovery.of(discoveryUrl, issuer) : null;
    }

    /// Who issues the tokens; null for anybody.
    @Nullable
    String issuedBy() {
        Discovery discovery = discovery();
        return discovery == null ? issuer : discovery.issuer();
    }

    /// What the answers of the server depend on: with other settings, other ones hold.
    int meaning() {
        return Objects.hash(introspectionUrl, clientId, cache, issuer, audience, leeway, rolesFrom, consumerFrom);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "OAuth2Config[introspectionUrl=" + introspectionUrl + ", jwksUrl=" + jwksUrl + ", clientId=" + clientId
                + "]";
    }
}
