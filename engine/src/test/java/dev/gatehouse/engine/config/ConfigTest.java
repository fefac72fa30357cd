package dev.gatehouse.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:3000, 127.0.0.1, 3000, 127.0.0.1:3000",
        "http://example.com, example.com, 80, example.com",
        "http://example.com/, example.com, 80, example.com",
        "localhost:3000, localhost, 3000, localhost:3000",
        "http://[::1]:3000, ::1, 3000, [::1]:3000",
        "HTTP://Example.com:81, Example.com, 81, Example.com:81",
    })
    void a_target_is_host_and_port(String text, String host, int port, String authority) {
        ServiceAddress address = ServiceAddress.of(text);
        assertThat(address).isEqualTo(new ServiceAddress(host, port));
        assertThat(address.authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com",
                "http://example.com/base",
                "http://example.com?x=1",
                "http://user@example.com",
                "http://",
                "http://example.com:0",
                "http://example.com:65536",
                "http://a b",
                "http://under_score",
            })
    void any_other_target_is_refused(String text) {
        assertThatThrownBy(() -> ServiceAddress.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_bound_that_is_broken_is_named_with_what_was_found_and_what_was_expected() {
        assertThatThrownBy(() -> LimitsConfig.DEFAULT.withConnections(0))
                .hasMessage("limits.connections: 0 (expected: 1 to 2147483647)");
        assertThatThrownBy(() -> new TimeoutConfig(
                        Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .hasMessage("timeout.connect: 1ms (expected: >= 10ms)");
    }

    @Test
    void h2c_can_never_be_upgraded_to() {
        RouteTarget nowhere = new RouteTarget.Respond(RespondConfig.of(404));
        assertThatThrownBy(() -> RouteConfig.of("/**", nowhere, List.of("websocket", "h2c")))
                .hasMessageContaining("h2c");
    }

    @Test
    void equal_settings_are_equal_so_that_a_reload_can_tell_what_changed() {
        assertThat(LimitsConfig.DEFAULT.withBody(5)).isEqualTo(LimitsConfig.DEFAULT.withBody(5));
        assertThat(LimitsConfig.DEFAULT.withBody(5)).isNotEqualTo(LimitsConfig.DEFAULT);
    }
}
