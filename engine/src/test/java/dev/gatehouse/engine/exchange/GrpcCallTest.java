package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.config.GrpcConfig;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcCallTest {
    private static final GrpcConfig ROUTE = GrpcConfig.of("shop.Stock/*");
    private static final long NOW = 1_000;

    private final GrpcCall call = new GrpcCall();
    private final FieldEdits edits = new FieldEdits();
    private final ParsedRequest request = new ParsedRequest();
    private final StreamedBody body = new StreamedBody(() -> {});

    @ParameterizedTest
    @CsvSource({"5S, , 5000", "5S, 10000, 5000", "5S, 2000, 2000", ", 2000, 2000", "99999999H, 2000, 2000"})
    void ends_with_the_shorter_time_of_caller_and_route(String asked, Long most, long millis) {
        GrpcConfig route = new GrpcConfig("a.B/C", true, most == null ? null : Duration.ofMillis(most));
        assertThat(begin(route, "application/grpc", asked == null ? "" : "grpc-timeout: " + asked + "\r\n"))
                .isNull();
        assertThat(call.end()).isEqualTo(NOW + millis * 1_000_000);
        assertThat(call.isLate(NOW + millis * 1_000_000 - 1)).isFalse();
        assertThat(call.isLate(NOW + millis * 1_000_000)).isTrue();
        assertThat(sent()).doesNotContain("grpc-timeout");
    }

    @Test
    void has_no_end_when_nobody_has_set_one() {
        assertThat(begin(ROUTE, "application/grpc", "")).isNull();
        assertThat(call.end()).isEqualTo(TargetClient.NO_END);
        assertThat(begin(ROUTE, "application/grpc", "grpc-timeout: 99999999H\r\n"))
                .isNull();
        assertThat(call.end()).isEqualTo(TargetClient.NO_END);
        assertThat(call.isLate(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void a_policy_has_no_more_patience_than_the_caller() {
        begin(ROUTE, "application/grpc", "grpc-timeout: 1S\r\n");
        assertThat(call.patience(Duration.ofSeconds(30), NOW)).isEqualTo(Duration.ofSeconds(1));
        assertThat(call.patience(Duration.ofMillis(30), NOW)).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void a_time_that_is_none_is_refused() {
        assertThat(kind(begin(ROUTE, "application/grpc", "grpc-timeout: soon\r\n")))
                .isEqualTo(FailureKind.BAD_REQUEST);
        assertThat(call.isOne()).isFalse();
    }

    @Test
    void another_kind_of_body_is_refused() {
        assertThat(kind(begin(ROUTE, "application/json", ""))).isEqualTo(FailureKind.UNSUPPORTED_MEDIA_TYPE);
        GrpcConfig withoutWeb = new GrpcConfig("a.B/C", false, null);
        assertThat(kind(begin(withoutWeb, "application/grpc-web", ""))).isEqualTo(FailureKind.UNSUPPORTED_MEDIA_TYPE);
        assertThat(begin(withoutWeb, "application/grpc", "")).isNull();
    }

    @Test
    void grpc_web_is_grpc_for_everybody_behind() {
        assertThat(begin(
                        ROUTE,
                        "application/grpc-web-text+proto",
                        "Accept: application/grpc-web-text\r\nX-Grpc-Web: 1\r\nx-a: b\r\n"))
                .isNull();
        assertThat(GrpcCall.spoken(request)).hasToString("GRPC");
        assertThat(request.value(request.find(KnownField.CONTENT_TYPE))).isEqualTo("application/grpc+proto");
        assertThat(sent()).contains("x-a: b\r\n", "TE: trailers\r\n").doesNotContain("Accept", "X-Grpc-Web", "web");
        assertThat(body.isTouched()).isTrue();
    }

    @Test
    void binary_bodies_pass_as_they_are() {
        begin(ROUTE, "application/grpc-web", "TE: trailers\r\n");
        assertThat(body.isTouched()).isFalse();
        assertThat(sent()).doesNotContain("TE");
    }

    private @Nullable Failure begin(GrpcConfig route, String contentType, String fields) {
        String head = "POST /a.B/C HTTP/1.1\r\nHost: a\r\nContent-Type: " + contentType
                + "\r\nTransfer-Encoding: chunked\r\n" + fields + "\r\n";
        request.reset();
        request.parse(Unpooled.copiedBuffer(head, ISO_8859_1), HeadLimits.DEFAULT);
        edits.reset(request);
        body.begin(-1);
        call.clear();
        return call.begin(route, request, edits, body, NOW);
    }

    private String sent() {
        HeadWriter lines = new HeadWriter();
        edits.writeTo(lines);
        return lines.toString();
    }

    private static FailureKind kind(@Nullable Failure failure) {
        return Objects.requireNonNull(failure).kind();
    }
}
