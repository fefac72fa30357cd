package dev.gatehouse.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.config.ListenerConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "8080, 0.0.0.0, 8080",
        ":8080, 0.0.0.0, 8080",
        "127.0.0.1:8080, 127.0.0.1, 8080",
        "[::1]:8080, ::1, 8080",
        "localhost:0, localhost, 0",
    })
    void a_place_to_listen_is_a_port_or_an_address_with_one(String place, String bind, int port) {
        ListenerConfig listener = new ListenOptions().listener(place);
        assertThat(listener.bind()).isEqualTo(bind);
        assertThat(listener.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "x", "127.0.0.1", "127.0.0.1:", "80a", "65536", "-1", "123456"})
    void anything_else_is_refused(String place) {
        assertThatThrownBy(() -> new ListenOptions().listener(place)).isInstanceOf(IllegalArgumentException.class);
    }
}
