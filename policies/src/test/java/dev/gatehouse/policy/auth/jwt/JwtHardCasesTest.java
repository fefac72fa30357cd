package dev.gatehouse.policy.auth.jwt;

import static dev.gatehouse.policy.auth.Tokens.EC;
import static dev.gatehouse.policy.auth.Tokens.RSA;
import static dev.gatehouse.policy.auth.Tokens.SECRET;
import static dev.gatehouse.policy.auth.Tokens.claims;
import static dev.gatehouse.policy.auth.Tokens.jwks;
import static dev.gatehouse.policy.auth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.policy.FakeNetwork;
import dev.gatehouse.policy.auth.TestAnswer;
import dev.gatehouse.policy.auth.TestClock;
import dev.gatehouse.policy.auth.TestContext;
import dev.gatehouse.policy.auth.Tokens;
import dev.gatehouse.policy.auth.bearer.Words;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Section E of the hard cases: tokens that have fooled others. Every one is 401.
class JwtHardCasesTest {
    private static final long NOW = TestClock.START.getEpochSecond();

    private final TestContext context = new TestContext();

    // RFC 8725 §3.1
    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "nONE", "NONE", "", "HS256 ", "hs256"})
    void e1_an_unsigned_token_is_refused(String algorithm) {
        String head = encoded(JsonUtil.toJson(Map.of("alg", algorithm, "typ", "JWT")));
        String payload = encoded(JsonUtil.toJson(claims()));

        for (String signature : List.of("", "AA", "e30")) {
            refused(JwtSettings.secret(SECRET), head + "." + payload + "." + signature);
            refused(JwtSettings.jwks(jwks(RSA)), head + "." + payload + "." + signature);
        }
    }

    @Test
    void e1_an_empty_or_cut_signature_is_refused() {
        String token = signed(SECRET, "HS256", claims());
        String unsigned = token.substring(0, token.lastIndexOf('.') + 1);

        refused(JwtSettings.secret(SECRET), unsigned);
        refused(JwtSettings.secret(SECRET), unsigned.substring(0, unsigned.length() - 1));
        refused(JwtSettings.secret(SECRET), token.substring(0, token.length() - 2));
        refused(JwtSettings.secret(SECRET), token + "=");
        refused(JwtSettings.secret(SECRET), token + ".");
        String ec = signed(EC, "ES256", claims());
        String zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
        refused(JwtSettings.jwks(jwks(EC)), ec.substring(0, ec.lastIndexOf('.') + 1) + zeros); // CVE-2022-21449
    }

    // RFC 8725 §2.1
    @Test
    void e2_a_public_key_is_not_a_secret() {
        byte[] der = RSA.getPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        String jwk = JsonUtil.toJson(RSA.toParams(OutputControlLevel.PUBLIC_ONLY));

        for (byte[] secret : List.of(der, pem.getBytes(StandardCharsets.UTF_8), jwk.getBytes(StandardCharsets.UTF_8))) {
            String token = signed(new HmacKey(secret), "HS256", Map.of("kid", "rsa-1"), JsonUtil.toJson(claims()));
            refused(JwtSettings.jwks(jwks(RSA)), token);
            JwtSettings byPem = new JwtSettings();
            byPem.publicKey = new dev.gatehouse.api.config.FileContent("key.pem", pem.getBytes(StandardCharsets.UTF_8));
            refused(byPem, token);
        }
    }

    // CVE-2018-0114
    @Test
    void e3_a_key_that_a_token_brings_is_ignored_and_nothing_is_fetched() {
        var attacker = Tokens.rsa("attacker");
        for (Map<String, Object> head : List.<Map<String, Object>>of(
                Map.of("jwk", attacker.toParams(OutputControlLevel.PUBLIC_ONLY)),
                Map.of("jku", "https://evil.example/jwks.json"),
                Map.of("x5u", "https://evil.example/cert.pem"),
                Map.of("x5c", List.of("MIIB")),
                Map.of("kid", "rsa-1", "jwk", attacker.toParams(OutputControlLevel.PUBLIC_ONLY)),
                Map.of("kid", "../../dev/null"))) {
            String token = signed(attacker.getPrivateKey(), "RS256", head, JsonUtil.toJson(claims()));
            refused(JwtSettings.jwks(jwks(RSA)), token);
        }
    }

    @Test
    void e3_with_keys_by_url_only_that_url_is_asked() {
        FakeNetwork network = new FakeNetwork();
        network.answer = request -> TestAnswer.now(request, 200, jwks(RSA));
        var attacker = Tokens.rsa("attacker");
        Map<String, Object> head = Map.of("kid", "rsa-1", "jku", "https://evil.example/jwks.json");
        String token = signed(attacker.getPrivateKey(), "RS256", head, JsonUtil.toJson(claims()));
        JwtAuthenticator authenticator = new JwtAuthenticatorFactory()
                .create(JwtSettings.url("https://id.tasty.example/jwks").config(), context);

        Authentication said =
                authenticator.authenticate(new FakeExchange(network).header("Authorization", "Bearer " + token));

        assertThat(((Authentication.Awaited) said).stage().toCompletableFuture().resultNow())
                .isInstanceOf(Authentication.Refused.class);
        assertThat(network.calls).extracting(call -> call.uri().getHost()).containsOnly("id.tasty.example");
    }

    // RFC 7515 §4.1.11, RFC 7797 §7
    @Test
    void what_a_token_declares_critical_is_not_understood() {
        HmacKey key = new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8));
        String head = encoded("{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}");
        String payload = encoded(JsonUtil.toJson(claims()));
        String token = resigned(key, head, payload);

        refused(JwtSettings.secret(SECRET), token);
    }

    // RFC 7519 §4.1.4 to §4.1.6
    @Test
    void e6_times_are_kept_to_the_second() {
        assertTime("exp", NOW, false);
        assertTime("exp", NOW - 1, false);
        assertTime("exp", NOW + 1, true);
        assertTime("nbf", NOW + 1, false);
        assertTime("nbf", NOW, true);
        assertTime("iat", NOW + 1, false);
        assertTime("iat", NOW, true);
    }

    @Test
    void e6_leeway_is_forgiven_and_not_a_second_more() {
        JwtSettings settings = JwtSettings.secret(SECRET);
        settings.leeway = Duration.ofSeconds(30);

        accepted(settings, with("exp", NOW - 29));
        refused(settings, with("exp", NOW - 30));
        refused(settings, with("exp", NOW - 31));
        accepted(settings, with("nbf", NOW + 30));
        refused(settings, with("nbf", NOW + 31));
        accepted(settings, with("iat", NOW + 30));
        refused(settings, with("iat", NOW + 31));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1800000000\"",
                "1800000000.5",
                "1.8e9",
                "1e400",
                "-1",
                "true",
                "[1800000000]",
                "{}",
                "null",
                "9223372036854775807",
                "18000000000000000000000"
            })
    void e6_an_expiry_that_is_no_number_of_seconds_is_refused(String exp) {
        HmacKey key = new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8));
        String payload = "{\"sub\":\"u1\",\"exp\":" + exp + "}";

        refused(JwtSettings.secret(SECRET), signed(key, "HS256", Map.of(), payload));
    }

    @Test
    void e6_a_missing_expiry_is_refused_unless_the_user_does_not_mind() {
        Map<String, Object> claims = claims();
        claims.remove("exp");
        refused(JwtSettings.secret(SECRET), claims);

        JwtSettings settings = JwtSettings.secret(SECRET);
        settings.requireExp = false;
        accepted(settings, claims);
    }

    // RFC 8725 §3.9, RFC 9068 §4
    @Test
    void e7_issuer_and_audience_are_compared_whole() {
        JwtSettings settings = JwtSettings.secret(SECRET).shop();
        for (Object issuer : List.of(
                "https://id.tasty.example/",
                "https://id.tasty.example.evil.example",
                "",
                List.of("https://id.tasty.example"))) {
            refused(settings, with("iss", issuer));
        }
        for (Object audience : List.of(
                "shop", "shop-api-2", "SHOP-API", "", List.of(), List.of("shop", "api"), Map.of("shop-api", 1), 5)) {
            refused(settings, with("aud", audience));
        }
        accepted(settings, with("aud", List.of("other", "shop-api")));
        Map<String, Object> without = claims();
        without.remove("aud");
        refused(settings, without);
    }

    // RFC 8725 §3.11
    @Test
    void e7_an_id_token_is_no_access_token() {
        JwtSettings settings = JwtSettings.secret(SECRET);
        refused(settings, with("nonce", "n-0S6_WzA2Mj"));
        refused(settings, with("at_hash", "77QmUPtjPfzWtF2AnpK9RQ"));
        refused(settings, with("typ", "ID"));
        refused(settings, with("typ", "Refresh"));
        refused(settings, with("token_use", "id"));
        accepted(settings, with("typ", "Bearer"));
    }

    @Test
    void e7_the_kind_in_the_head_is_looked_at() {
        HmacKey key = new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8));
        String payload = JsonUtil.toJson(claims());
        JwtSettings usual = JwtSettings.secret(SECRET);
        for (String type : List.of("JWT", "jwt", "at+jwt", "application/at+jwt")) {
            accepted(usual, signed(key, "HS256", Map.of("typ", type), payload));
        }
        for (String type : List.of("logout+jwt", "dpop+jwt", "secevent+jwt", "JWE")) {
            refused(usual, signed(key, "HS256", Map.of("typ", type), payload));
        }
        JwtSettings strict = JwtSettings.secret(SECRET);
        strict.typ = Words.of("at+jwt");
        accepted(strict, signed(key, "HS256", Map.of("typ", "application/at+JWT"), payload));
        refused(strict, signed(key, "HS256", Map.of("typ", "JWT"), payload));
        refused(strict, signed(key, "HS256", Map.of(), payload));
    }

    @Test
    void e7_a_missing_subject_is_refused_unless_the_user_does_not_mind() {
        Map<String, Object> claims = claims();
        claims.remove("sub");
        refused(JwtSettings.secret(SECRET), claims);
        refused(JwtSettings.secret(SECRET), with("sub", ""));
        refused(JwtSettings.secret(SECRET), with("sub", 5));

        JwtSettings settings = JwtSettings.secret(SECRET);
        settings.requireSub = false;
        accepted(settings, claims);
    }

    private void assertTime(String claim, long seconds, boolean good) {
        if (good) {
            accepted(JwtSettings.secret(SECRET), with(claim, seconds));
        } else {
            refused(JwtSettings.secret(SECRET), with(claim, seconds));
        }
    }

    private static Map<String, Object> with(String claim, Object value) {
        Map<String, Object> claims = claims();
        claims.put(claim, value);
        return claims;
    }

    private void accepted(JwtSettings settings, Map<String, Object> claims) {
        accepted(settings, signed(SECRET, "HS256", claims));
    }

    private void accepted(JwtSettings settings, String token) {
        assertThat(ask(settings, token)).isInstanceOf(Authentication.Identified.class);
    }

    private void refused(JwtSettings settings, Map<String, Object> claims) {
        refused(settings, signed(SECRET, "HS256", claims));
    }

    private void refused(JwtSettings settings, String token) {
        Authentication said = ask(settings, token);
        Authentication.Refused refused = said instanceof Authentication.Foreign(Authentication.Refused inner)
                ? inner
                : (Authentication.Refused) said;
        assertThat(refused.failure().kind()).isIn(FailureKind.INVALID_TOKEN, FailureKind.TOKEN_EXPIRED);
        assertThat(refused.challenge()).startsWith("Bearer error=\"invalid_token\"");
    }

    private Authentication ask(JwtSettings settings, String token) {
        FakeNetwork nobody = new FakeNetwork();
        FakeExchange exchange = new FakeExchange(nobody).header("Authorization", "Bearer " + token);
        Authentication said =
                new JwtAuthenticatorFactory().create(settings.config(), context).authenticate(exchange);
        assertThat(nobody.calls).as("nobody is called").isEmpty();
        return said;
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String resigned(HmacKey key, String head, String payload) {
        try {
            javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] signature = mac.doFinal((head + "." + payload).getBytes(StandardCharsets.US_ASCII));
            return head + "." + payload + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
