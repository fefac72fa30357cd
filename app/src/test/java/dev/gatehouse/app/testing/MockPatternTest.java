package dev.gatehouse.app.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.target.proxy.SentRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MockPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*, DELETE /anything/at?all=1",
        "GET /menus/*, GET /menus/r42?lang=it",
        "GET|PUT /menus/{id}, PUT /menus/r42",
        "/orders/**, POST /orders",
        "ANY /orders/**, POST /orders/9/track",
        "GET /, GET /",
    })
    void a_mock_answers_what_its_pattern_says(String pattern, String request) {
        assertThat(MockPattern.of(pattern).fits(sent(request))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /menus/*, POST /menus/r42",
        "GET /menus/*, GET /menus",
        "GET /menus/*, GET /menus/",
        "GET /menus/*, GET /menus/r42/dishes",
        "/orders/**, GET /order",
    })
    void and_nothing_else(String pattern, String request) {
        assertThat(MockPattern.of(pattern).fits(sent(request))).isFalse();
    }

    @Test
    void what_is_no_request_is_refused_with_what_to_write() {
        assertThatThrownBy(() -> MockPattern.of("menus"))
                .hasMessageContaining("'menus'")
                .hasMessageContaining("GET /menus/*");
    }

    private static SentRequest sent(String line) {
        String[] words = line.split(" ");
        return new SentRequest("menu-service", words[0], words[1], List.of(), new byte[0]);
    }
}
