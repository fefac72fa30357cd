package dev.gatehouse.engine.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import dev.gatehouse.engine.config.ErrorsConfig;
import dev.gatehouse.engine.config.ErrorsConfig.Expose;
import dev.gatehouse.engine.config.ErrorsConfig.Format;
import dev.gatehouse.engine.config.ErrorsConfig.FromServices;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBodyTest {
    private static final ErrorBody JSON_SAFE = new ErrorBody(ErrorsConfig.DEFAULT, false);
    private static final ErrorBody JSON_FULL = new ErrorBody(ErrorsConfig.DEFAULT, true);
    private static final ErrorBody PROBLEM_SAFE =
            new ErrorBody(new ErrorsConfig(Format.PROBLEM, Expose.SAFE, FromServices.PASS), true);

    private final Failure failure =
            new Failure(FailureKind.SERVICE_UNAVAILABLE, "It is \"down\".\n", Map.of("retry_after", 30));

    @Test
    void the_usual_form_has_code_message_details_and_id() {
        Response answer = JSON_SAFE.answer(failure, null, "id-1");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(text(answer))
                .isEqualTo("{\"error\":{\"code\":\"SERVICE_UNAVAILABLE\",\"message\":\"It is \\\"down\\\".\\u000a\","
                        + "\"details\":{\"retry_after\":30},\"request_id\":\"id-1\"}}\n");
        assertThat(answer.header(HeaderName.RETRY_AFTER)).hasToString("30");
        assertThat(answer.header(HeaderName.of("Gatehouse-Error"))).hasToString("SERVICE_UNAVAILABLE");
    }

    @Test
    void a_client_that_asks_for_problem_json_gets_the_same_facts_in_that_form() {
        Response answer = JSON_SAFE.answer(failure, Text.of("application/problem+json, */*;q=0.1"), "id-1");
        assertThat(answer.header(HeaderName.CONTENT_TYPE)).hasToString("application/problem+json");
        assertThat(text(answer))
                .isEqualTo("{\"type\":\"urn:gatehouse:service-unavailable\",\"code\":\"SERVICE_UNAVAILABLE\","
                        + "\"status\":503,\"title\":\"The service is not available\",\"detail\":\"It is \\\"down\\\".\\u000a\","
                        + "\"retry_after\":30,\"request_id\":\"id-1\"}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                          | json    | problem",
                "*/*                                                       | json    | problem",
                "text/html, application/*                                  | json    | problem",
                "application/json                                          | json    | json",
                "application/json, application/problem+json                | json    | problem",
                "Application/Problem+JSON;q=0.4, application/json;q=0.3    | problem | problem",
                "application/problem+json;q=0.3, application/json; q=0.31  | json    | json",
                "application/problem+json;q=0                              | json    | problem",
                "application/problem+json;v=2;q=0.1                        | problem | problem",
                "application/problem+json;q=x,,;                           | problem | problem",
            })
    void accept_decides_where_it_names_a_form_and_the_configuration_elsewhere(
            @Nullable String accept, String byJson, String byProblem) {
        Text field = accept == null ? null : Text.of(accept);
        assertThat(form(JSON_SAFE.answer(failure, field, "1"))).isEqualTo(byJson);
        assertThat(form(PROBLEM_SAFE.answer(failure, field, "1"))).isEqualTo(byProblem);
    }

    @Test
    void the_nearest_routes_are_told_only_when_errors_are_exposed_in_full() {
        Failure none = Faults.noRoute("GET", "/menu/r42", List.of("GET /menus/{restaurantId}", "GET /me"));
        assertThat(text(JSON_FULL.answer(none, null, "1")))
                .isEqualTo(
                        "{\"error\":{\"code\":\"NO_ROUTE\",\"message\":\"No route matches GET /menu/r42.\","
                                + "\"details\":{\"nearest\":[\"GET /menus/{restaurantId}\",\"GET /me\"]},\"request_id\":\"1\"}}\n");
        assertThat(text(JSON_SAFE.answer(none, null, "1")))
                .isEqualTo("{\"error\":{\"code\":\"NO_ROUTE\",\"message\":\"No route matches GET /menu/r42.\","
                        + "\"request_id\":\"1\"}}\n");
        assertThat(text(PROBLEM_SAFE.answer(none, null, "1"))).doesNotContain("nearest");
    }

    @Test
    void the_methods_that_are_allowed_stand_in_the_body_and_in_allow() {
        Response answer = JSON_SAFE.answer(
                Faults.methodNotAllowed("PATCH", "/menus/{restaurantId}", List.of("GET", "HEAD")), null, "1");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header(HeaderName.ALLOW)).hasToString("GET, HEAD");
        assertThat(text(answer))
                .contains("\"message\":\"/menus/{restaurantId} answers GET and HEAD, not PATCH.\"")
                .contains("\"details\":{\"allow\":[\"GET\",\"HEAD\"]}");
    }

    @Test
    void a_services_error_in_the_standard_form_stays_the_services() {
        Failure error = new Failure(FailureKind.SERVICE_ERROR, "It failed.", Map.of("status", 507));
        Response answer = PROBLEM_SAFE.standard(507, error, null, "1");
        assertThat(answer.status()).isEqualTo(507);
        assertThat(answer.header(HeaderName.of("Gatehouse-Error"))).isNull();
        assertThat(text(answer)).contains("\"code\":\"SERVICE_ERROR\",\"status\":507,");
    }

    private static String form(Response answer) {
        return String.valueOf(answer.header(HeaderName.CONTENT_TYPE)).contains("problem") ? "problem" : "json";
    }

    private static String text(Response answer) {
        return answer.body() instanceof Body.Bytes bytes ? new String(bytes.octets(), StandardCharsets.UTF_8) : "";
    }
}
