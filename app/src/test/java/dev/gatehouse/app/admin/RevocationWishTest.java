package dev.gatehouse.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.identity.Revocation.Kind;
import dev.gatehouse.engine.consumer.RevocationDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevocationWishTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final long SECONDS = NOON.getEpochSecond();

    @Test
    void a_name_is_kept_for_a_day_unless_it_is_said() {
        assertThat(wish("{\"jti\":\"t-1\"}"))
                .isEqualTo(new RevocationWish(Kind.TOKEN, "t-1", Duration.ofHours(24), null));
        assertThat(wish("{\"sub\":\"auth0|u 1\",\"for\":\"90d\",\"store\":\"main\"}"))
                .isEqualTo(new RevocationWish(Kind.SUBJECT, "auth0|u 1", Duration.ofDays(90), "main"));
        assertThat(wish("{\"sub\":\"com.example.orders.eu\"}").id()).isEqualTo("com.example.orders.eu");
    }

    @Test
    void a_token_is_kept_until_nobody_takes_it_any_more() {
        assertThat(token("{\"jti\":\"t-1\",\"exp\":" + (SECONDS + 3600) + "}"))
                .isEqualTo(new RevocationWish(Kind.TOKEN, "t-1", Duration.ofMinutes(70), null));
        assertThat(token("{\"jti\":\"t-1\",\"exp\":" + (SECONDS - 60) + "}").lasts())
                .as("clocks are forgiven")
                .isEqualTo(Duration.ofMinutes(9));
        assertThat(token("{\"jti\":\"t-1\"}").lasts()).isEqualTo(RevocationDesk.FOREVER);
        assertThat(token("{\"jti\":\"t-1\",\"exp\":1e300}").lasts()).isEqualTo(RevocationDesk.FOREVER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                    | Say what is revoked by one of: jti, sub, token.
            {"jti":"a","sub":"b"}                 | Say what is revoked by one of: jti, sub, token.
            []                                    | The body is an object
            {"jti":""}                            | 'jti' is missing
            {"jti":7}                             | jti: this is no text
            {"jit":"a"}                           | did you mean 'jti'?
            {"jti":"a","for":"soon"}              | expected: a time such as
            {"jti":"a","for":"0s"}                | for: '0s' (expected: 1s to 3650d)
            {"jti":"a","for":"3651d"}             | for: '3651d' (expected: 1s to 3650d)
            {"jti":"a\\nb"}                       | none that cannot be seen
            {"sub":"a\\u202eb"}                   | none that cannot be seen
            {"token":"a.b"}                       | this is no signed JWT
            {"token":"eyJh.bm8.c2ln"}             | this is no signed JWT
            {"token":"eyJh.W10.c2ln"}             | this is no signed JWT
            {"token":"eyJh.!.c2ln"}               | this is no signed JWT
            {"token":"eyJh.e30.c2ln"}             | it has no jti
            {"token":"eyJh.e30.c2ln","for":"1h"}  | for: the token says itself
            """)
    void what_makes_no_sense_is_refused_with_a_sentence(String body, String sentence) {
        assertThatThrownBy(() -> wish(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void names_are_not_too_long() {
        assertThat(wish("{\"jti\":\"" + "x".repeat(1000) + "\"}").id()).hasSize(1000);
        assertThatThrownBy(() -> wish("{\"jti\":\"" + "x".repeat(1001) + "\"}"))
                .hasMessageContaining("1000 characters");
    }

    @Test
    void a_whole_token_is_taken_for_no_name_and_repeated_in_no_refusal() {
        String secret = jwt("{\"sub\":\"u1\",\"x\":\"hidden\"}");
        for (String body : new String[] {
            "{\"jti\":\"" + secret + "\"}",
            "{\"sub\":\"" + secret + "\"}",
            "{\"token\":\"" + secret + "\"}",
            "{\"token\":[\"" + secret + "\"]}",
            "{\"token\":\"" + secret + ".more.parts\"}",
            "{\"token\":\"" + secret + "\",\"for\":\"1h\"}",
            "{\"token\":\"" + jwt("{\"jti\":\"t\",\"exp\":\"hidden\"}") + "\"}",
            "{\"token\":\"" + jwt("{\"jti\":\"t\",hidden") + "\"}",
            "{\"token\":\"" + jwt("{\"jti\":\"t\",\"exp\":1}") + "\"}"
        }) {
            assertThatThrownBy(() -> wish(body))
                    .as(body)
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain("hidden", "c2lnbmF0dXJl", secret.split("\\.")[1])
                    .hasSizeLessThan(160);
        }
    }

    private static RevocationWish wish(String body) {
        return RevocationWish.of(body, NOON);
    }

    private static RevocationWish token(String claims) {
        return wish("{\"token\":\"" + jwt(claims) + "\"}");
    }

    private static String jwt(String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{\"alg\":\"HS256\"}".getBytes(UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(UTF_8)) + ".c2lnbmF0dXJl";
    }
}
