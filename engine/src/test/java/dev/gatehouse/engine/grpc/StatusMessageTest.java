package dev.gatehouse.engine.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusMessageTest {
    @ParameterizedTest
    @CsvSource({
        "'No route matches POST /a.B/C.', 'No route matches POST /a.B/C.'",
        "100 %, 100 %25",
        "'Straße', 'Stra%C3%9Fe'",
        "'a\tb\r\nc', 'a%09b%0D%0Ac'",
        "'😈', '%F0%9F%98%88'"
    })
    void escapes_what_is_no_visible_ascii(String text, String encoded) {
        assertThat(StatusMessage.encoded(text)).isEqualTo(encoded);
    }
}
