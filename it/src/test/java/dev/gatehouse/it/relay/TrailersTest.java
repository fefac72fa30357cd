package dev.gatehouse.it.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.ChunkTransform;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// Trailers belong to a body whatever becomes of it on its way.
@LeavesNothingBehind
class TrailersTest {
    private static final ChunkTransform AS_IT_IS = new ChunkTransform() {
        @Override
        public void onChunk(ByteBuffer chunk, Sink out) {
            out.write(chunk);
        }
    };

    /// Does something with the body of the answer.
    private interface OnAnswer extends Policy {
        @Override
        Decision onResponse(Exchange exchange, Response response);
    }

    @Test
    void of_an_answer_survive_a_policy_that_gathers_its_body() {
        assertTrailersSurvive((exchange, response) ->
                new Decision.Await(response.body().collect(1000).thenApply(body -> Decision.CONTINUE)));
    }

    @Test
    void of_an_answer_survive_a_policy_that_changes_its_body() {
        assertTrailersSurvive((exchange, response) -> {
            response.body().map(AS_IT_IS);
            return Decision.CONTINUE;
        });
    }

    private static void assertTrailersSurvive(OnAnswer policy) {
        try (var service = FakeService.handling(
                        _ -> Answer.of(200, "hello").chunked().trailer("grpc-status", "0"));
                var gateway = TestGateway.to(service).policy(policy).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\n\r\n");
            assertThat(answer.text()).isEqualTo("hello");
            assertThat(answer.trailer("grpc-status")).isEqualTo("0");
        }
    }

    @Test
    void of_a_request_survive_a_policy_that_gathers_its_body() {
        Policy gathering = new Policy() {
            @Override
            public Decision onRequest(Exchange exchange) {
                return new Decision.Await(exchange.requestBody().collect(1000).thenApply(body -> Decision.CONTINUE));
            }
        };
        try (var service = FakeService.echoing();
                var gateway = TestGateway.to(service).policy(gathering).start()) {
            RawClient.ask(
                    gateway.port(),
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx-sum: 1\r\n\r\n");
            assertThat(service.awaitRequest().text()).isEqualTo("hello");
            assertThat(service.awaitRequest().trailers())
                    .singleElement()
                    .satisfies(field -> assertThat(field.value()).isEqualTo("1"));
        }
    }
}
