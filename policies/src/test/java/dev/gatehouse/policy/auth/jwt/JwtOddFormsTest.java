package dev.gatehouse.policy.auth.jwt;

import static dev.gatehouse.policy.auth.Tokens.SECRET;
import static dev.gatehouse.policy.auth.Tokens.claims;
import static dev.gatehouse.policy.auth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.policy.FakeNetwork;
import dev.gatehouse.policy.auth.TestClock;
import dev.gatehouse.policy.auth.TestContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import org.jose4j.json.JsonUtil;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Section E of the hard cases: tokens whose signature is right and whose form is odd. Every one is 401, and nobody is
/// called for it.
class JwtOddFormsTest {
    private static final long NOW = TestClock.START.getEpochSecond();
    private static final String GOOD_HEAD = "{\"alg\":\"HS256\"}";

    // RFC 7515 §4.1: each of these is a text
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":5}",
                "{\"alg\":[\"HS256\"]}",
                "{\"alg\":null}",
                "{}",
                "{\"alg\":\"HS256\",\"kid\":5}",
                "{\"alg\":\"HS256\",\"kid\":[\"a\",\"b\"]}",
                "{\"alg\":\"HS256\",\"kid\":{\"a\":1}}",
                "{\"alg\":\"HS256\",\"kid\":true}",
                "{\"alg\":\"HS256\",\"kid\":null}",
                "{\"alg\":\"HS256\",\"cty\":5}",
                "{\"alg\":\"HS256\",\"typ\":5}",
                "{\"alg\":\"HS256\",\"typ\":[\"JWT\"]}",
                "{\"alg\":\"HS256\",\"typ\":{\"JWT\":1}}",
            })
    void a_head_with_a_value_of_another_kind_is_refused(String head) {
        refused(resigned(head, payload()));
    }

    // RFC 7515 §4: a name stands there once
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
                "{\"alg\":\"none\",\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"typ\":\"logout+jwt\",\"typ\":\"JWT\"}",
                "{\"alg\":\"HS256\",\"kid\":\"a\",\"kid\":\"b\"}",
            })
    void a_head_that_says_something_twice_is_refused(String head) {
        refused(resigned(head, payload()));
    }

    // RFC 7519 §4
    @ParameterizedTest
    @ValueSource(strings = {"sub", "exp", "roles", "aud"})
    void a_claim_that_stands_there_twice_is_refused(String name) {
        String value = name.equals("exp") ? "" + (NOW + 300) : "\"u1\"";
        String twice = payload().replaceFirst("\\{", "{\"" + name + "\":" + value + ",\"" + name + "\":" + value + ",");
        refused(resigned(GOOD_HEAD, twice));
    }

    // RFC 7515 §4.1.11
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\",\"crit\":[]}",
                "{\"alg\":\"HS256\",\"crit\":\"exp\"}",
                "{\"alg\":\"HS256\",\"crit\":null}",
                "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}",
                "{\"alg\":\"HS256\",\"b64\":true}",
                "{\"alg\":\"HS256\",\"crit\":[\"http://example.com/x\"],\"http://example.com/x\":1}",
            })
    void whatever_is_declared_critical_is_refused(String head) {
        refused(resigned(head, payload()));
    }

    // RFC 7516 §3.1: five parts
    @Test
    void an_encrypted_token_is_refused() {
        String head = encoded("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"}");
        refused(head + ".b2s.b2s.b2s.b2s");
        refused(head + "....");
        refused(resigned("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}", payload()));
        refused(resigned("{\"alg\":\"HS256\",\"enc\":\"A256GCM\",\"zip\":\"DEF\"}", payload()));
    }

    // RFC 7519 §5.2
    @Test
    void a_token_in_a_token_is_refused() {
        String inner = signed(SECRET, "HS256", claims());
        refused(resigned("{\"alg\":\"HS256\",\"cty\":\"JWT\"}", inner));
        refused(resigned("{\"alg\":\"HS256\",\"cty\":\"JWT\"}", "\"" + inner + "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "5", "\"sub\"", "", "{", "{}{}", "{\"sub\":\"u1\"} x", "[[[[[[[[[[[["})
    void claims_that_are_no_object_are_refused(String payload) {
        refused(resigned(GOOD_HEAD, payload));
    }

    @Test
    void claims_that_go_down_without_end_are_refused_in_their_time() {
        refused(resigned(GOOD_HEAD, "{\"sub\":\"u1\",\"a\":" + "[".repeat(10_000)));
        refused(resigned(GOOD_HEAD, "{\"sub\":\"u1\",\"a\":" + "{\"a\":".repeat(2_000)));
    }

    // RFC 7519 §4.1.4 to §4.1.6: the last moment is the end of the year 9999
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"exp\":253402300800",
                "\"exp\":9223372036854775807",
                "\"exp\":1e30",
                "\"exp\":-9223372036854775808",
                "\"iat\":-1",
                "\"iat\":-9223372036854775808",
                "\"nbf\":-1",
                "\"nbf\":9223372036854775807",
            })
    void a_moment_that_is_none_is_refused(String claim) {
        String exp = claim.startsWith("\"exp\"") ? "" : ",\"exp\":" + (NOW + 300);
        refused(resigned(GOOD_HEAD, "{\"sub\":\"u1\"," + claim + exp + "}"));
    }

    @Test
    void the_last_second_there_is_can_be_reckoned_with() {
        String payload = "{\"sub\":\"u1\",\"iat\":0,\"nbf\":0,\"exp\":253402300799}";
        assertThat(ask(resigned(GOOD_HEAD, payload))).isInstanceOf(Authentication.Identified.class);
    }

    // What all these are compared with.
    @Test
    void a_token_of_the_usual_form_is_good() {
        assertThat(ask(resigned(GOOD_HEAD, payload()))).isInstanceOf(Authentication.Identified.class);
        assertThat(ask(resigned("{\"typ\":\"JWT\",\"alg\":\"HS256\",\"kid\":\"any\"}", payload())))
                .isInstanceOf(Authentication.Identified.class);
    }

    private static void refused(String token) {
        Authentication said = ask(token);
        Authentication.Refused refused = said instanceof Authentication.Foreign(Authentication.Refused inner)
                ? inner
                : (Authentication.Refused) said;
        assertThat(refused.failure().kind()).isIn(FailureKind.INVALID_TOKEN, FailureKind.TOKEN_EXPIRED);
    }

    private static Authentication ask(String token) {
        FakeNetwork nobody = new FakeNetwork();
        FakeExchange exchange = new FakeExchange(nobody).header("Authorization", "Bearer " + token);
        JwtConfig config = JwtSettings.secret(SECRET).config();
        Authentication said =
                new JwtAuthenticatorFactory().create(config, new TestContext()).authenticate(exchange);
        assertThat(nobody.calls).as("nobody is called").isEmpty();
        return said;
    }

    private static String payload() {
        return JsonUtil.toJson(claims());
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Signed rightly, whatever it says.
    private static String resigned(String head, String payload) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8)));
            String signed = encoded(head) + "." + encoded(payload);
            byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
