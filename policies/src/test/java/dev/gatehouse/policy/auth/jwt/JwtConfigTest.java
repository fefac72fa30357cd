package dev.gatehouse.policy.auth.jwt;

import static dev.gatehouse.policy.auth.Tokens.EC;
import static dev.gatehouse.policy.auth.Tokens.RSA;
import static dev.gatehouse.policy.auth.Tokens.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.policy.auth.TestContext;
import dev.gatehouse.policy.auth.bearer.TokenPlaceConfig;
import dev.gatehouse.policy.auth.jwks.ProviderUrl;
import dev.gatehouse.policy.auth.jwks.SigningAlgorithm;
import java.security.Key;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class JwtConfigTest {
    @Test
    void a_token_is_verified_with_one_kind_of_key() {
        assertThatThrownBy(() -> new JwtSettings().config())
                .hasMessage("a token is verified with one of 'secret', 'public_key', 'jwks', 'jwks_url' and"
                        + " 'discovery_url', or with the keys that 'issuer' publishes");
        JwtSettings both = JwtSettings.secret(SECRET);
        both.publicKey = pem("PUBLIC KEY", RSA.getPublicKey());
        assertThatThrownBy(both::config).hasMessageEndingWith(", not with several");
    }

    @Test
    void an_issuer_alone_publishes_its_keys() {
        JwtSettings settings = new JwtSettings();
        settings.issuer = "https://id.tasty.example";
        assertThat(create(settings)).isNotNull();
        settings.issuer = "gatehouse-demo";
        assertThatThrownBy(settings::config).hasMessageStartingWith("issuer: keys are found by it only where it is");
        settings.issuer = "http://id.tasty.example";
        assertThatThrownBy(settings::config).hasMessageStartingWith("issuer: keys are found over https://");
    }

    @Test
    void a_discovery_url_is_no_second_way_and_says_whose_it_is() {
        JwtSettings settings = new JwtSettings();
        settings.discoveryUrl = ProviderUrl.of("https://id.tasty.example/a/.well-known/openid-configuration");
        assertThat(settings.config().issuedBy()).isEqualTo("https://id.tasty.example/a");
        settings.discoveryUrl = ProviderUrl.of("https://id.tasty.example/metadata");
        assertThatThrownBy(settings::config).hasMessageStartingWith("discovery_url: ends in /.well-known/");
        settings.issuer = "gatehouse-demo";
        assertThat(settings.config().issuedBy()).isEqualTo("gatehouse-demo");
        settings.jwksUrl = ProviderUrl.of("https://id.tasty.example/keys");
        assertThatThrownBy(settings::config).hasMessageEndingWith(", not with several");
        settings.jwksUrl = null;
        settings.secret = SECRET;
        assertThatThrownBy(settings::config).hasMessageEndingWith(", not with several");
    }

    @Test
    void a_secret_is_long_enough_for_its_algorithm() {
        assertThatThrownBy(() -> create(JwtSettings.secret("change-me")))
                .hasMessageStartingWith("secret: the key is too weak")
                .hasMessageNotContaining("change-me");
        JwtSettings longer = JwtSettings.secret(SECRET);
        longer.algorithms = List.of(SigningAlgorithm.HS512);
        assertThatThrownBy(() -> create(longer))
                .hasMessage("secret: the key does not do for HS512, which needs at least 64 octets");
    }

    @Test
    void an_algorithm_fits_its_key() {
        JwtSettings secret = JwtSettings.secret(SECRET);
        secret.algorithms = List.of(SigningAlgorithm.RS256);
        assertThatThrownBy(secret::config).hasMessage("algorithms: RS256 needs a public key, not 'secret'");
        JwtSettings url = JwtSettings.url("https://id.example/jwks");
        url.algorithms = List.of(SigningAlgorithm.HS256);
        assertThatThrownBy(url::config).hasMessage("algorithms: HS256 needs 'secret'");
        JwtSettings ec = new JwtSettings();
        ec.publicKey = pem("PUBLIC KEY", EC.getPublicKey());
        ec.algorithms = List.of(SigningAlgorithm.RS256);
        assertThatThrownBy(() -> create(ec)).hasMessage("public_key: the key does not do for RS256");
    }

    @Test
    void a_key_file_holds_a_public_key() {
        JwtSettings settings = new JwtSettings();
        settings.publicKey = pem("PRIVATE KEY", RSA.getPrivateKey());
        assertThatThrownBy(() -> create(settings))
                .hasMessage(
                        "public_key: key.pem holds a PRIVATE KEY (expected: PUBLIC KEY or CERTIFICATE; a private key"
                                + " does not belong here)");
        settings.publicKey = new FileContent("key.pem", "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThatThrownBy(() -> create(settings)).hasMessageStartingWith("public_key: key.pem holds no PEM");
        settings.publicKey = FileContent.inline("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
        assertThatThrownBy(() -> create(settings)).hasMessageContaining("holds a key that is neither");
        for (Key key : List.of(RSA.getPublicKey(), EC.getPublicKey())) {
            settings.publicKey = pem("PUBLIC KEY", key);
            assertThat(create(settings)).isNotNull();
        }
    }

    @Test
    void a_file_of_keys_holds_keys() {
        assertThatThrownBy(() -> create(JwtSettings.jwks("hello")))
                .hasMessage("jwks: keys.json is not a JSON Web Key Set (expected: {\"keys\": [ … ]})");
        assertThatThrownBy(() -> create(JwtSettings.jwks("{\"keys\":[]}")))
                .hasMessageStartingWith("jwks: keys.json has no key that can verify a token");
    }

    @Test
    void a_token_is_in_one_place() {
        assertThatThrownBy(() -> new TokenPlaceConfig("X-Token", null, "token", null))
                .hasMessage("a token is in one place: 'header', 'cookie' or 'query'");
        assertThatThrownBy(() -> new TokenPlaceConfig(null, "Bearer", "token", null))
                .hasMessageStartingWith("scheme: only a header");
        assertThatThrownBy(() -> new TokenPlaceConfig("X Token", null, null, null))
                .hasMessageStartingWith("header: 'X Token'");
        assertThatThrownBy(() -> new TokenPlaceConfig("Host", null, null, null)).hasMessageStartingWith("header: Host");
    }

    @Test
    void settings_do_not_tell_their_secret() {
        assertThat(JwtSettings.secret(SECRET).config().toString()).doesNotContain(SECRET);
    }

    private static JwtAuthenticator create(JwtSettings settings) {
        return new JwtAuthenticatorFactory().create(settings.config(), new TestContext());
    }

    private static FileContent pem(String kind, Key key) {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END " + kind + "-----\n";
        return new FileContent("key.pem", text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
