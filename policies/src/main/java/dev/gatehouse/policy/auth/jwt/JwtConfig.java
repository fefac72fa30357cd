package dev.gatehouse.policy.auth.jwt;

import dev.gatehouse.api.config.FileContent;
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

/// What the user writes under `security.authentication` with `type: jwt`.
@Settings(name = "authentication.jwt", value = "Signed bearer tokens (JWT), verified by the gateway itself.")
public record JwtConfig(
        @Setting("Algorithms a token may be signed with, such as RS256; empty: all that fit the key.")
        List<SigningAlgorithm> algorithms,

        @Setting("Secret of HS256, HS384 or HS512, at least 32, 48 or 64 octets; write ${env:NAME} or ${file:path}.")
        @Nullable
        String secret,

        @Setting("PEM file with the public key, or the certificate, that verifies tokens: RSA, EC or Ed25519.")
        @Nullable
        FileContent publicKey,

        @Setting("File with the public keys as a JSON Web Key Set.") @Nullable
        FileContent jwks,

        @Setting("URL where the provider publishes its keys as a JSON Web Key Set.") @Nullable
        ProviderUrl jwksUrl,

        @Setting(
                "URL of the provider's metadata, which say where its keys are. Without any key, they are found by issuer.")
        @Nullable
        ProviderUrl discoveryUrl,

        @Setting(
                value = "Age at which keys of a provider are fetched anew; a key nobody knows is looked for at once.",
                byDefault = "10m",
                min = "10s",
                max = "24h")
        Duration jwksRefresh,

        @Setting(
                "Who issues the tokens: iss is exactly this. Left out: whom discovery_url names, or whoever has the key.")
        @Nullable
        String issuer,

        @Setting("For whom tokens are meant: one of these is in aud. Left out: aud is not looked at.") @Nullable
        Words audience,

        @Setting(
                "Kinds of token that are taken, by typ of the head, such as at+jwt; left out, what may be an access token.")
        @Nullable
        Words typ,

        @Setting(value = "Difference of clocks that is forgiven in exp, nbf and iat.", byDefault = "0s", max = "5m")
        Duration leeway,

        @Setting(value = "Whether a token must say when it expires (exp).", byDefault = "true")
        boolean requireExp,

        @Setting(value = "Whether a token must say of whom it speaks (sub).", byDefault = "true")
        boolean requireSub,

        @Setting("Claims that must be there as well.") List<String> requiredClaims,

        @Setting(
                value = "Claim with the roles, a list or a text of names; dots lead into objects: realm_access.roles.",
                byDefault = "roles")
        String rolesFrom,

        @Setting("Claim that names the consumer, such as azp. One that names nobody under consumers makes none.")
        @Nullable
        String consumerFrom,

        @Setting("Where in a request the token is; left out, in Authorization: Bearer.")
        TokenPlaceConfig in,

        @Setting(value = "Whether the service is sent the token too.", byDefault = "false")
        boolean keep,

        @Setting(
                value = "Memory for tokens that were verified, so that each is verified once; 0B verifies every time.",
                byDefault = "16MiB",
                max = "1GiB")
        long remember,

        @Setting("List of revoked tokens that holds; left out, tokens are good until they expire.") @Nullable
        RevocationConfig revocation) {
    public JwtConfig {
        algorithms = List.copyOf(algorithms);
        requiredClaims = List.copyOf(requiredClaims);
        long sources = Stream.of(secret, publicKey, jwks, jwksUrl, discoveryUrl)
                .filter(Objects::nonNull)
                .count();
        if (sources > 1 || (sources == 0 && issuer == null)) {
            throw new IllegalArgumentException("a token is verified with one of 'secret', 'public_key', 'jwks',"
                    + " 'jwks_url' and 'discovery_url'"
                    + (sources == 0 ? ", or with the keys that 'issuer' publishes" : ", not with several"));
        }
        if (discoveryUrl != null || sources == 0) {
            Discovery.of(discoveryUrl, issuer); // says what is wrong with them
        }
        for (SigningAlgorithm algorithm : algorithms) {
            if (algorithm.isSymmetric() != (secret != null)) {
                throw new IllegalArgumentException("algorithms: " + algorithm.label() + " needs "
                        + (algorithm.isSymmetric() ? "'secret'" : "a public key, not 'secret'"));
            }
        }
        if (rolesFrom.isBlank()) {
            throw new IllegalArgumentException("roles_from: is empty");
        }
    }

    /// Where the provider says what its keys are; null when it is not asked that.
    @Nullable
    Discovery discovery() {
        boolean found = secret == null && publicKey == null && jwks == null && jwksUrl == null;
        return found ? Discovery.of(discoveryUrl, issuer) : null;
    }

    /// Who issues the tokens; null for whoever has the key.
    @Nullable
    String issuedBy() {
        Discovery discovery = discovery();
        return discovery == null ? issuer : discovery.issuer();
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "JwtConfig[issuer=" + issuer + ", audience=" + audience + ", algorithms=" + algorithms + "]";
    }
}
