package dev.gatehouse.engine.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.http1.FieldBlock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"A", "TE", "Via", "Host", "X-Request-Id", "x_user_id", "Content-Security-Policy-Report-Only"})
    void a_name_is_looked_up_by_the_hash_the_head_was_read_with(String name) {
        HeaderName header = HeaderName.of(name);
        assertThat(header.hashCode()).isEqualTo(FieldBlock.hash(header.lowerCase()));
    }
}
