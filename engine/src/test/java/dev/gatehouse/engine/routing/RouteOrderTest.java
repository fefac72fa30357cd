package dev.gatehouse.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteOrderTest {
    @Test
    void a_literal_wins_over_a_mixed_segment_over_a_parameter_over_a_star_over_two() {
        Routes routes = Routes.of("/a/**", "/a/{x}", "/a/b", "/a/b*", "/**", "/*/c");
        assertThat(routes.get("/a/b")).isEqualTo("/a/b");
        assertThat(routes.get("/a/bb")).isEqualTo("/a/b*");
        assertThat(routes.get("/a/c")).isEqualTo("/a/{x}");
        assertThat(routes.get("/a/")).isEqualTo("/a/**");
        assertThat(routes.get("/x/c")).isEqualTo("/*/c");
        assertThat(routes.get("/x/d")).isEqualTo("/**");
    }

    @Test
    void segments_count_from_the_left() {
        Routes routes = Routes.of("/a/{x}/{y}", "/{x}/b/c", "/a/**");
        assertThat(routes.get("/a/b/c")).isEqualTo("/a/{x}/{y}");
        assertThat(routes.get("/z/b/c")).isEqualTo("/{x}/b/c");
        assertThat(routes.get("/a/b")).isEqualTo("/a/**");
    }

    @Test
    void a_branch_that_leads_nowhere_is_left_again() {
        Routes routes = Routes.of("/a/b/c", "/a/{x}/d", "/{y}/b/e", "/**/f");
        assertThat(routes.get("/a/b/d")).isEqualTo("/a/{x}/d");
        assertThat(routes.get("/a/b/e")).isEqualTo("/{y}/b/e");
        assertThat(routes.get("/a/b/f")).isEqualTo("/**/f");
        assertThat(routes.get("/a/b/g")).isEqualTo("404");
    }

    @Test
    void among_mixed_segments_the_one_that_spells_out_more_wins() {
        Routes routes = Routes.of("/*.png", "/img-*.png", "/img-*");
        assertThat(routes.get("/img-1.png")).isEqualTo("/img-*.png");
        assertThat(routes.get("/x.png")).isEqualTo("/*.png");
        assertThat(routes.get("/img-1.gif")).isEqualTo("/img-*");
    }

    @Test
    void behind_two_stars_the_longer_tail_wins() {
        Routes routes = Routes.of("/a/**", "/a/**/c", "/a/**/b/c", "/a/**/{x}/c");
        assertThat(routes.get("/a/z/b/c")).isEqualTo("/a/**/b/c");
        assertThat(routes.get("/a/z/z/c")).isEqualTo("/a/**/{x}/c");
        assertThat(routes.get("/a/c")).isEqualTo("/a/**/c");
        assertThat(routes.get("/a/z")).isEqualTo("/a/**");
    }

    @Test
    void a_regular_expression_comes_after_the_shapes_of_its_host_and_before_other_hosts() {
        Routes routes = Routes.of(
                RouteMatcher.of("~/v[0-9]+/.*"),
                RouteMatcher.of("/v1/{x}"),
                RouteMatcher.of("/**").withHosts("h").withMethods("POST"),
                RouteMatcher.of("~/v.*").withHosts("h").withMethods("GET"));
        assertThat(routes.get("/v1/a")).isEqualTo("b");
        assertThat(routes.get("/v2/a")).isEqualTo("a");
        assertThat(routes.find(SampleRequest.of("GET", "/v1/a").withHost("h"))).isEqualTo("d");
        assertThat(routes.find(SampleRequest.of("POST", "/v1/a").withHost("h"))).isEqualTo("c");
    }

    @Test
    void priority_wins_over_everything_and_a_route_that_misses_still_falls_through() {
        Routes routes = Routes.of(
                RouteMatcher.of("/a/b").withHosts("h"),
                RouteMatcher.of("/**").withHeader("X-Maintenance", "*").withPriority(10),
                RouteMatcher.of("/**").withPriority(-1));
        SampleRequest request = SampleRequest.of("GET", "/a/b").withHost("h");
        assertThat(routes.find(request)).isEqualTo("a");
        assertThat(routes.find(request.withHeader("X-Maintenance", "1"))).isEqualTo("b");
        assertThat(routes.get("/z")).isEqualTo("c");
    }

    @Test
    void the_order_of_lines_decides_nothing() {
        List<RouteMatcher> routes = List.of(
                RouteMatcher.of("/a/{x}"),
                RouteMatcher.of("/a/b"),
                RouteMatcher.of("/a/b").withMethods("GET"));
        RouteTable<String> forth = RouteTable.<String>builder()
                .add(routes.get(0), "0")
                .add(routes.get(1), "1")
                .add(routes.get(2), "2")
                .build()
                .table();
        RouteTable<String> back = RouteTable.<String>builder()
                .add(routes.get(2), "2")
                .add(routes.get(1), "1")
                .add(routes.get(0), "0")
                .build()
                .table();
        assertThat(forth.order().stream().map(forth::value)).containsExactly("2", "1", "0");
        assertThat(back.order().stream().map(back::value)).containsExactly("2", "1", "0");
    }

    @Test
    void a_recorder_hears_each_candidate_in_order_with_the_first_condition_it_missed() {
        Routes routes = Routes.of(
                RouteMatcher.of("/orders/**"),
                RouteMatcher.of("/orders/{id}").withMethods("GET"),
                RouteMatcher.of("/orders/{id}").withHeader("X-Version", "2").withMethods("DELETE"),
                RouteMatcher.of("/users"));
        List<String> heard = new ArrayList<>();
        RouteMatch<String> match = new RouteMatch<>();
        routes.table()
                .match(
                        SampleRequest.of("DELETE", "/orders/9"),
                        match,
                        (route, missed) -> heard.add(route + ": " + (missed == null ? "matches" : missed.sentence())));
        assertThat(heard)
                .containsExactly(
                        "2: header X-Version is missing", "1: method is DELETE, needs GET or HEAD", "0: matches");
        assertThat(match.value()).isEqualTo("a");
    }

    @Test
    void a_recorder_hears_what_puts_the_winner_before_others_that_match() {
        Routes routes = Routes.of(
                RouteMatcher.of("/orders/{id}").withPriority(5).withMethods("GET"),
                RouteMatcher.of("/orders/{id}").withHosts("api.example"),
                RouteMatcher.of("/orders/**").withPriority(5).withMethods("GET"),
                RouteMatcher.of("/orders/{id}")
                        .withPriority(5)
                        .withHosts("*.example")
                        .withHeader("Accept", "*"));
        List<String> heard = new ArrayList<>();
        RouteMatch<String> match = new RouteMatch<>();
        routes.table()
                .match(
                        SampleRequest.of("GET", "/orders/9").withHost("api.example"),
                        match,
                        (route, missed) -> heard.add(route + ": " + (missed == null ? "won" : missed.sentence())));
        assertThat(heard)
                .containsExactly(
                        "3: header Accept is missing",
                        "0: won",
                        "2: its path is less specific",
                        "1: priority 0, the one above has 5");
    }

    @Test
    void the_nearest_route_is_named_with_what_is_in_its_way() {
        Routes routes = Routes.of(
                RouteMatcher.of("/menus/{restaurantId}"),
                RouteMatcher.of("/orders/{orderId}/track"),
                RouteMatcher.of("/stock").withHosts("shop.example.com"),
                RouteMatcher.of("/beta").withHeader("X-Beta", "*"),
                RouteMatcher.of("/about/"));
        assertThat(nearest(routes, "/menu/r42")).containsExactly("0 PATH 'menu' is not 'menus'");
        assertThat(nearest(routes, "/Menus/r42")).containsExactly("0 PATH 'Menus' is not 'menus'");
        assertThat(nearest(routes, "/menus/r42/")).containsExactly("0 PATH path ends with '/'");
        assertThat(nearest(routes, "/about")).containsExactly("4 PATH path does not end with '/'");
        assertThat(nearest(routes, "/orders/9")).containsExactly("1 PATH path has 2 segments, needs 3");
        assertThat(nearest(routes, "/stock")).containsExactly("2 HOST host is not shop.example.com");
        assertThat(nearest(routes, "/beta")).containsExactly("3 HEADER header X-Beta is missing");
        assertThat(nearest(routes, "/favicon.ico")).isEmpty();
        assertThat(nearest(routes, "/")).isEmpty();
    }

    private static List<String> nearest(Routes routes, String path) {
        return routes.table().nearest(SampleRequest.of("GET", path), 1).stream()
                .map(near -> near.route() + " " + near.miss().part() + " "
                        + near.miss().sentence())
                .toList();
    }

    @Test
    void a_hundred_thousand_routes_load_and_match() {
        RouteTableBuilder<Integer> builder = RouteTable.builder();
        for (int i = 0; i < 100_000; i++) {
            builder.add(
                    RouteMatcher.of("/team" + i % 100 + "/resource" + i + "/{id}")
                            .withMethods("GET"),
                    i);
        }
        RouteTableBuilder.Built<Integer> built = builder.build();
        assertThat(built.problems()).isEmpty();
        RouteMatch<Integer> match = new RouteMatch<>();
        for (int i = 0; i < 100_000; i += 997) {
            built.table().match(SampleRequest.of("HEAD", "/team" + i % 100 + "/resource" + i + "/7"), match);
            assertThat(match.value()).isEqualTo(i);
        }
    }

    @Test
    void a_match_forgets_what_it_found() {
        Routes routes = Routes.of("/users/{id}");
        RouteMatch<String> match = new RouteMatch<>();
        routes.table().match(SampleRequest.of("GET", "/users/1"), match);
        assertThat(match.isFound()).isTrue();
        match.clear();
        assertThat(match.isFound()).isFalse();
        assertThat(match.parameter("id")).isNull();
        routes.table().match(SampleRequest.of("GET", "/users/1"), match);
        routes.table().match(SampleRequest.of("GET", "/x"), match);
        assertThat(match.route()).isEqualTo(-1);
        assertThat(match.parameterNames()).isEmpty();
    }
}
