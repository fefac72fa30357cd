package dev.gatehouse.engine.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialectTest {
    @ParameterizedTest
    @CsvSource({
        "application/grpc, GRPC",
        "application/grpc+proto, GRPC",
        "Application/GRPC;charset=utf-8, GRPC",
        "application/grpc-web, WEB",
        "application/grpc-web+proto, WEB",
        "application/grpc-web-text, WEB_TEXT",
        "application/grpc-web-text+proto, WEB_TEXT"
    })
    void is_told_by_the_media_type(String contentType, Dialect dialect) {
        assertThat(Dialect.of(contentType)).isEqualTo(dialect);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/grpcx", "application/grpc-webs", "application/grp", ""})
    void is_none_for_other_types(String contentType) {
        assertThat(Dialect.of(contentType)).isNull();
    }

    @Test
    void is_none_without_a_body() {
        assertThat(Dialect.of(null)).isNull();
    }
}
