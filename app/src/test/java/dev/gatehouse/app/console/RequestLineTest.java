package dev.gatehouse.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestLineTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:04:31.250Z");

    @Test
    void columns_stay_where_they_are_whatever_stands_in_them() {
        assertThat(plain(line(200, "GET", "/menus/r42", "menu-service", 2, 3_100_000, "")))
                .isEqualTo("12:04:31 200 GET  /menus/r42                    menu-service#2         3.1ms");
        assertThat(plain(line(404, "GET", "/menu/r42", null, 0, 230_000, "NO_ROUTE")))
                .isEqualTo("12:04:31 404 GET  /menu/r42                     –                      0.2ms  NO_ROUTE");
        assertThat(plain(line(204, "DELETE", "/orders/o1001", "order-service", 0, 12_000_000, "")))
                .isEqualTo("12:04:31 204 DEL  /orders/o1001                 order-service         12.0ms");
        assertThat(plain(line(0, "POST", "/orders", "order-service", 1, 1_250_000_000, "client left")))
                .isEqualTo("12:04:31 ––– POST /orders                       order-service#1         1.3s  client left");
    }

    @Test
    void a_long_path_keeps_its_beginning_and_its_end() {
        assertThat(plain(line(200, "GET", "/customers/1234567890/orders/42/positions/7", null, 0, 0, "")))
                .contains(" /customers/123…2/positions/7  –");
    }

    @Test
    void a_path_that_would_change_the_terminal_does_not() {
        assertThat(plain(line(400, "GE\u001BT", "/a\u001B[2Jb\u009B", null, 0, 0, "bad\rend")))
                .contains("/a?[2Jb?")
                .contains("bad?end")
                .matches("\\P{Cntrl}*");
    }

    @Test
    void the_status_has_the_colour_of_its_class() {
        assertThat(coloured(204)).contains("\u001B[32m204\u001B[0m");
        assertThat(coloured(304)).contains("\u001B[36m304\u001B[0m");
        assertThat(coloured(404)).contains("\u001B[33m404\u001B[0m");
        assertThat(coloured(503)).contains("\u001B[31m503\u001B[0m");
        assertThat(coloured(0)).contains("\u001B[31m–––\u001B[0m");
    }

    @Test
    void a_duration_has_three_digits_or_less() {
        assertThat(RequestLine.duration(40_000)).isEqualTo("0.0ms");
        assertThat(RequestLine.duration(99_940_000)).isEqualTo("99.9ms");
        assertThat(RequestLine.duration(99_960_000)).isEqualTo("100ms");
        assertThat(RequestLine.duration(999_400_000)).isEqualTo("999ms");
        assertThat(RequestLine.duration(999_600_000)).isEqualTo("1.0s");
        assertThat(RequestLine.duration(61_000_000_000L)).isEqualTo("61.0s");
    }

    @Test
    void for_programs_it_is_one_object_with_every_key() {
        assertThat(line(404, "GET", "/menu/\"r42", null, 0, 230_400, "NO_ROUTE").json())
                .isEqualTo(
                        "{\"time\":\"2026-11-22T12:04:31.250Z\",\"event\":\"request\",\"status\":404,\"method\":\"GET\","
                                + "\"path\":\"/menu/\\\"r42\",\"service\":null,\"instance\":null,\"ms\":0.230,\"what\":\"NO_ROUTE\"}");
        assertThat(line(200, "GET", "/", "menu-service", 2, 3_100_000, "").json())
                .contains("\"service\":\"menu-service\",\"instance\":2,\"ms\":3.100,\"what\":null");
    }

    private static RequestLine line(
            int status, String method, String path, @Nullable String service, int instance, long nanos, String what) {
        return new RequestLine(NOON, status, method, path, service, instance, nanos, what);
    }

    private static String plain(RequestLine line) {
        return line.text(ZoneOffset.UTC, Ink.PLAIN);
    }

    private static String coloured(int status) {
        return line(status, "GET", "/", null, 0, 0, "").text(ZoneOffset.UTC, Ink.COLOURED);
    }
}
