package dev.gatehouse.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class TraceTokensTest {
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final TraceTokens tokens = new TraceTokens(() -> now);

    @Test
    void a_token_holds_until_it_expires_and_no_longer() {
        String token = tokens.issue(Duration.ofMinutes(10));
        now = now.plusSeconds(599);
        assertThat(tokens.isValid(token)).isTrue();
        now = now.plusSeconds(1);
        assertThat(tokens.isValid(token)).isFalse();
    }

    @Test
    void nobody_looks_for_tokens_when_none_is_out() {
        assertThat(tokens.areOut()).isFalse();
        tokens.issue(Duration.ofMinutes(10));
        assertThat(tokens.areOut()).isTrue();
        now = now.plusSeconds(600);
        assertThat(tokens.areOut()).isFalse();
    }

    @Test
    void a_token_of_another_process_or_with_another_end_is_none() {
        String token = tokens.issue(Duration.ofMinutes(10));
        assertThat(new TraceTokens(() -> now).isValid(token)).isFalse();
        for (int i = 0; i < 24; i++) {
            byte[] octets = Base64.getUrlDecoder().decode(token);
            octets[i] ^= 1;
            assertThat(tokens.isValid(Base64.getUrlEncoder().withoutPadding().encodeToString(octets)))
                    .as("octet %d", i)
                    .isFalse();
        }
    }

    @Test
    void anything_else_is_none_and_no_error() {
        tokens.issue(Duration.ofMinutes(10));
        assertThat(tokens.isValid("")).isFalse();
        assertThat(tokens.isValid("%%%")).isFalse();
        assertThat(tokens.isValid("AAAA")).isFalse();
    }
}
