package dev.gatehouse.engine.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HttpDateTest {
    private final HttpDate date = new HttpDate();

    @Test
    void a_date_has_the_form_of_rfc_9110() {
        assertThat(new String(date.at(784_111_777_000L), US_ASCII)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @Test
    void within_a_second_it_is_the_same_array() {
        assertThat(date.at(1_000)).isSameAs(date.at(1_999)).isNotSameAs(date.at(2_000));
    }
}
