package dev.gatehouse.engine.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorBodyTest {
    private final Failure failure =
            new Failure(FailureKind.SERVICE_UNAVAILABLE, "It is \"down\".\n", Map.of("retry_after", 30));

    @Test
    void the_usual_form_has_code_message_details_and_id() {
        Response answer = ErrorBody.answer(failure, null, "id-1");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(text(answer))
                .isEqualTo("{\"error\":{\"code\":\"SERVICE_UNAVAILABLE\",\"message\":\"It is \\\"down\\\".\\u000a\","
                        + "\"details\":{\"retry_after\":30},\"request_id\":\"id-1\"}}\n");
        assertThat(answer.header(HeaderName.RETRY_AFTER)).hasToString("30");
        assertThat(answer.header(HeaderName.of("Gatehouse-Error"))).hasToString("SERVICE_UNAVAILABLE");
    }

    @Test
    void a_client_that_asks_for_problem_json_gets_the_same_facts_in_that_form() {
        Response answer = ErrorBody.answer(failure, Text.of("application/problem+json, */*;q=0.1"), "id-1");
        assertThat(answer.header(HeaderName.CONTENT_TYPE)).hasToString("application/problem+json");
        assertThat(text(answer))
                .isEqualTo("{\"type\":\"urn:gatehouse:service-unavailable\",\"code\":\"SERVICE_UNAVAILABLE\","
                        + "\"status\":503,\"title\":\"The service is not available\",\"detail\":\"It is \\\"down\\\".\\u000a\","
                        + "\"retry_after\":30,\"request_id\":\"id-1\"}\n");
    }

    private static String text(Response answer) {
        return answer.body() instanceof Body.Bytes bytes ? new String(bytes.octets(), StandardCharsets.UTF_8) : "";
    }
}
