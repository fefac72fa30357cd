package dev.gatehouse.engine.telemetry.recent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.engine.telemetry.recent.RecentRequest.Position;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFilterTest {
    /// `GET /orders/9` of 10.0.0.7, answered with 503 by the gateway after 120 ms; no service was asked.
    private static final RecentRequest ORDER = new RecentRequest(
            new Position(1, 0, 1),
            "0189-abc",
            "GET",
            "/orders/9",
            "10.0.0.7",
            "ANY /orders/**",
            null,
            null,
            "acme",
            0,
            503,
            "SERVICE_UNAVAILABLE",
            "orders is down",
            null,
            true,
            0,
            0,
            1,
            120_000_000,
            -1,
            null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status==503",
                "status=503",
                "status:5xx",
                "consumer:acme",
                "status >= 5xx",
                "status>=500 && route:orders",
                "route:ORDERS",
                "route == 'ANY /orders/**'",
                "method!=POST",
                "duration>100ms && duration<=0.12s",
                "duration<1m",
                "!(status<500) && code:unavailable",
                "status==200 || client==10.0.0.7",
                "status==200 && path:nothing || id:0189",
                "path:\"/orders/\"",
                "!service:menu",
            })
    void what_it_lets_pass(String filter) throws FilterMistake {
        assertThat(RequestFilter.parse(filter)).accepts(ORDER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status<500",
                "status==4xx",
                "status>5xx",
                "method==get",
                "service==menu",
                "service!=menu",
                "duration>1s",
                "status==503 && path:menus",
                "status==200 || (client==10.0.0.7 && method==POST)",
            })
    void what_it_keeps_back(String filter) throws FilterMistake {
        assertThat(RequestFilter.parse(filter)).rejects(ORDER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stat==5            | 1  | there is no field 'stat'",
                "status             | 7  | expected ==",
                "status>=           | 9  | expected a value",
                "status>=abc        | 9  | expected a status",
                "path>/a            | 5  | path is a text",
                "duration>100       | 10 | a time with its unit",
                "status==1 status==2| 11 | expected && or ||",
                "(status==1         | 11 | expected ')'",
                "route:\"orders     | 7  | this quote is not closed",
                "status==1 &&       | 13 | expected a field",
                "''                 | 1  | expected a field",
            })
    void a_mistake_is_told_with_its_place(String filter, int position, String sentence) {
        assertThatExceptionOfType(FilterMistake.class)
                .isThrownBy(() -> RequestFilter.parse(filter))
                .withMessageContaining(sentence)
                .satisfies(mistake -> assertThat(mistake.position()).isEqualTo(position));
    }
}
