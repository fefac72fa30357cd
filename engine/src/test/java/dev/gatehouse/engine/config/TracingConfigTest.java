package dev.gatehouse.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.config.TracingConfig.Compression;
import dev.gatehouse.engine.config.TracingConfig.Propagation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingConfigTest {
    @Test
    void the_address_is_kept_without_the_slash_at_its_end() {
        assertThat(TracingConfig.to("https://collector.internal/otel/").otlp())
                .isEqualTo("https://collector.internal/otel");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "collector:4318",
                "grpc://collector:4317",
                "http://",
                "http://collector:4318/v1/traces",
                "http://collector:4318/?a=1",
                "http://user:secret@collector:4318",
                "http://coll ector"
            })
    void an_address_that_is_none_of_a_collector_is_refused(String otlp) {
        assertThatThrownBy(() -> TracingConfig.to(otlp))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("otlp: '")
                .hasMessageContaining("such as http://localhost:4318");
    }

    @Test
    void the_port_of_grpc_is_known() {
        assertThat(TracingConfig.to("http://localhost:4317").isGrpcPort()).isTrue();
        assertThat(TracingConfig.to("http://localhost:4318").isGrpcPort()).isFalse();
    }

    @Test
    void tokens_are_not_shown() {
        assertThat(with(Map.of("authorization", "Bearer s3cret")).toString())
                .contains("authorization")
                .doesNotContain("s3cret");
        assertThatThrownBy(() -> with(Map.of("authorization", "s3cret\r\nx: y")))
                .hasMessageStartingWith("headers: ")
                .message()
                .doesNotContain("s3cret");
    }

    private static TracingConfig with(Map<String, String> headers) {
        return new TracingConfig(
                "http://a",
                Portion.ALL,
                List.of(Propagation.TRACECONTEXT),
                headers,
                Map.of(),
                false,
                Compression.NONE,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                2048);
    }
}
