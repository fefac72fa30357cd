package dev.gatehouse.engine.service.health;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.grpc.HealthMessages;
import dev.gatehouse.engine.service.connection.HealthQuestion.Verdict;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcCheckTest {
    private static final Trailers OK = Trailers.of("grpc-status: 0\r\n");

    private final GrpcCheck check = new GrpcCheck("shop.Stock", "127.0.0.1:9090".getBytes(US_ASCII));

    @ParameterizedTest
    @CsvSource({"0, false, UNKNOWN", "1, true, SERVING", "2, false, NOT_SERVING", "3, false, SERVICE_UNKNOWN"})
    void passes_when_the_service_is_serving(int status, boolean passes, String what) {
        assertThat(check.judge(head("200 OK"))).isNull();
        assertThat(check.judge(head("200 OK"), HealthMessages.answer(status), OK))
                .isEqualTo(new Verdict(passes, what));
    }

    @Test
    void fails_with_the_status_of_a_call_that_did_not_succeed() {
        ParsedResponse only = head("200 OK\r\ngrpc-status: 5");
        assertThat(check.judge(only, new byte[0], null)).isEqualTo(new Verdict(false, "grpc-status NOT_FOUND"));
        assertThat(check.judge(head("200 OK"), new byte[0], Trailers.of("grpc-status: 12\r\n")))
                .isEqualTo(new Verdict(false, "grpc-status UNIMPLEMENTED"));
        assertThat(check.judge(head("200 OK"), HealthMessages.answer(1), null))
                .isEqualTo(new Verdict(false, "no grpc-status"));
    }

    @Test
    void fails_with_what_is_no_grpc() {
        assertThat(check.judge(head("404 Not Found"))).isEqualTo(new Verdict(false, "404"));
        assertThat(check.judge(head("200 OK"), new byte[] {1, 2, 3}, OK))
                .isEqualTo(new Verdict(false, "an answer that is not about health"));
    }

    private static ParsedResponse head(String lines) {
        ParsedResponse head = new ParsedResponse();
        head.parse(Unpooled.copiedBuffer("HTTP/1.1 " + lines + "\r\n\r\n", US_ASCII), HeadLimits.DEFAULT);
        return head;
    }
}
