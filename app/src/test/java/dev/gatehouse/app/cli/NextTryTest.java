package dev.gatehouse.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.admin.view.Explanation;
import dev.gatehouse.app.admin.view.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextTryTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/menu/r42?x=1 | 'menu' is not 'menus'             | GET '/menus/r42?x=1'",
                "/menus/       | path ends with '/'                | GET /menus",
                "/about        | path does not end with '/'        | GET /about/",
                "/x            | host is not api.example           | GET /x --host api.example",
                "/x            | method is GET, needs POST         | POST /x",
                "/x            | header X-Version is missing       | GET /x -H 'X-Version: …'",
                "/x?a=1        | query parameter q is missing      | GET '/x?a=1&q=…'",
            })
    void what_is_in_the_way_of_the_nearest_route_is_mended(String target, String missed, String next) {
        assertThat(NextTry.of(said(target, missed, "NO_ROUTE"))).isEqualTo("gatehouse explain " + next);
    }

    @Test
    void nothing_is_tried_where_nothing_is_known_or_all_is_well() {
        assertThat(NextTry.of(said("/x", "client address is not in 10.0.0.0/8", "NO_ROUTE")))
                .isNull();
        assertThat(NextTry.of(said("/x", "host is not *.example", "NO_ROUTE"))).isNull();
        assertThat(NextTry.of(said("/menu", "'menu' is not 'menus'", null))).isNull();
    }

    private static Explanation said(String target, String missed, @Nullable String code) {
        Trace.Route near = new Trace.Route("r", "gateway.yaml:1:1", false, missed);
        Trace trace = new Trace(List.of(near), List.of(), List.of(), List.of(), 404, code, null, "gateway", true);
        return new Explanation("GET", target, "gateway.yaml", trace);
    }
}
