package dev.gatehouse.policy.internaltoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.policy.auth.TestClock;
import dev.gatehouse.policy.auth.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InternalTokenTest {
    private static final Identity U1 = new Identity(
            "customer",
            "u1",
            null,
            "t-1",
            Set.of("customer"),
            Set.of("a"),
            Map.of("email", "u1@x.example", "iss", "evil"));

    private final TestClock clock = new TestClock();
    private final MintedTokens minted = new MintedTokens();

    @Test
    void a_service_is_told_who_calls_by_somebody_it_can_check() throws JoseException {
        for (PublicJsonWebKey key : List.of(Tokens.RSA, Tokens.EC, Tokens.ED)) {
            InternalTokenConfig config = config(key, null, List.of("email"));
            String token = mint(config).token(U1, minted);

            assertThat(verified(token, key.getPublicKey()))
                    .isEqualTo(Map.of(
                            "iss", "gatehouse",
                            "aud", "orders",
                            "sub", "u1",
                            "roles", List.of("customer"),
                            "scope", "a",
                            "email", "u1@x.example",
                            "iat", TestClock.START.getEpochSecond(),
                            "exp", TestClock.START.getEpochSecond() + 60));
        }
    }

    @Test
    void a_program_is_its_consumer() throws JoseException {
        Identity acme = Identity.of("partner", new Consumer("acme", null, Set.of(), Set.of()), "k_1");

        Map<String, Object> claims =
                verified(mint(config(Tokens.EC, null, List.of())).token(acme, minted), Tokens.EC.getPublicKey());

        assertThat(claims).containsEntry("sub", "acme").containsEntry("consumer", "acme");
    }

    @Test
    void the_same_token_is_sent_until_a_quarter_of_its_time_is_left() {
        TokenMint mint = mint(config(Tokens.EC, null, List.of()));
        String first = mint.token(U1, minted);

        clock.advance(Duration.ofSeconds(44));
        assertThat(mint.token(U1, minted)).isSameAs(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(mint.token(U1, minted)).isNotEqualTo(first);
        assertThat(mint.token(new Identity("customer", "u2", null, null, Set.of(), Set.of(), Map.of()), minted))
                .isNotEqualTo(first);
    }

    @Test
    void another_key_makes_other_tokens() {
        String first = mint(config(Tokens.EC, null, List.of())).token(U1, minted);

        assertThat(mint(config(Tokens.ec("ec-2"), null, List.of())).token(U1, minted))
                .isNotEqualTo(first);
    }

    @Test
    void the_public_key_is_told_and_nothing_else() throws JoseException {
        String jwks = SigningKey.of(config(Tokens.EC, Tokens.EC.getPublicKey(), List.of()))
                .jwks();

        assertThat(new JsonWebKeySet(jwks).getJsonWebKeys().getFirst().getKey()).isEqualTo(Tokens.EC.getPublicKey());
        assertThat(jwks).contains("\"kid\":\"2026-11\"").doesNotContain("\"d\"");
        assertThat(SigningKey.of(config(Tokens.RSA, null, List.of())).jwks()).doesNotContain("\"d\"", "\"p\"");
    }

    @Test
    void keys_that_make_no_sense_stop_the_load() {
        assertThatThrownBy(
                        () -> SigningKey.of(config(Tokens.EC, Tokens.ec("other").getPublicKey(), List.of())))
                .hasMessage("public_key: does not belong to 'key'");
        FileContent text = new FileContent("internal.pem", "hello".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> SigningKey.of(config(text, null, InternalTokenConfig.Algorithm.ES256, List.of())))
                .hasMessageStartingWith("key: internal.pem holds no private key that can be read");
        FileContent rsa = pem("PRIVATE KEY", Tokens.RSA.getPrivateKey());
        assertThatThrownBy(() -> SigningKey.of(config(rsa, null, InternalTokenConfig.Algorithm.ES256, List.of())))
                .hasMessage("key: does not do for ES256");
        assertThatThrownBy(() -> config(Tokens.EC, null, List.of("iss")))
                .hasMessage("claims: 'iss' is what the gateway itself says");
    }

    private TokenMint mint(InternalTokenConfig config) {
        return new TokenMint(config, SigningKey.of(config), clock);
    }

    private static InternalTokenConfig config(PublicJsonWebKey key, @Nullable PublicKey open, List<String> claims) {
        return config(
                pem("PRIVATE KEY", key.getPrivateKey()), open == null ? null : pem("PUBLIC KEY", open), null, claims);
    }

    private static InternalTokenConfig config(
            FileContent key,
            @Nullable FileContent open,
            InternalTokenConfig.@Nullable Algorithm algorithm,
            List<String> claims) {
        return new InternalTokenConfig(
                key,
                open,
                "2026-11",
                algorithm,
                "gatehouse",
                List.of("orders"),
                Duration.ofSeconds(60),
                "X-Internal-Token",
                claims,
                false);
    }

    private static FileContent pem(String kind, Key key) {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END " + kind + "-----\n";
        return new FileContent("internal.pem", text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, Object> verified(String token, Key key) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(token);
        signature.setKey(key);
        assertThat(signature.verifySignature()).isTrue();
        return JsonUtil.parseJson(signature.getPayload());
    }
}
