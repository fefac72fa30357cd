package dev.gatehouse.policy.bodylimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.policy.FakeContext;
import dev.gatehouse.policy.FakeExchange;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BodyLimitPolicyTest {
    @Test
    void a_body_that_is_declared_too_long_is_refused_before_it_is_read() {
        FakeExchange exchange = FakeExchange.get().body(1025);

        assertThat(decide(exchange, 1024)).isInstanceOfSatisfying(Decision.Reject.class, refused -> {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.BODY_TOO_LARGE);
            assertThat(refused.failure().message()).isEqualTo("The request body is larger than 1024 bytes.");
            assertThat(refused.failure().details()).isEqualTo(Map.of("limit", 1024L));
        });
        assertThat(exchange.notes()).containsExactly("declared 1025 bytes, limit 1024");
        assertThat(exchange.bodyLimit()).isEqualTo(-1);
    }

    @Test
    void a_body_that_is_just_as_long_passes() {
        FakeExchange exchange = FakeExchange.get().body(1024);

        assertThat(decide(exchange, 1024)).isEqualTo(Decision.CONTINUE);
        assertThat(exchange.bodyLimit()).isEqualTo(-1);
    }

    @Test
    void a_body_of_unknown_length_is_limited_as_it_passes() {
        FakeExchange exchange = FakeExchange.get().body(-1);

        assertThat(decide(exchange, 1024)).isEqualTo(Decision.CONTINUE);
        assertThat(exchange.bodyLimit()).isEqualTo(1024);
        assertThat(exchange.notes()).containsExactly("no length declared, limit 1024");
    }

    @Test
    void a_limit_of_0_takes_requests_without_a_body_only() {
        assertThat(decide(FakeExchange.get(), 0)).isEqualTo(Decision.CONTINUE);
        assertThat(decide(FakeExchange.get().body(1), 0)).isInstanceOf(Decision.Reject.class);
    }

    private static Decision decide(FakeExchange exchange, long limit) {
        Staged staged = new BodyLimitPolicyFactory()
                .create(BodyLimitConfig.of(limit), new FakeContext("body_limit", Set.of()))
                .getFirst();
        assertThat(staged.stage()).isEqualTo(Stage.BODY_LIMIT);
        return staged.policy().onRequest(exchange);
    }
}
