package dev.gatehouse.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteProblemTest {
    private static final RouteMatcher USERS = RouteMatcher.of("/users/{id}");

    @Test
    void two_routes_of_one_shape_tie_with_an_example() {
        assertThat(said(USERS, RouteMatcher.of("/x"), RouteMatcher.of("/users/{name}")))
                .containsExactly("tie 0 2: GET /users/42");
    }

    @Test
    void the_example_reaches_the_routes_that_tie() {
        assertThat(said(USERS, RouteMatcher.of("/users/42"), RouteMatcher.of("/users/{name}")))
                .containsExactly("tie 0 2: GET /users/a");
    }

    @Test
    void routes_that_share_one_method_tie_there() {
        assertThat(said(USERS.withMethods("GET", "POST"), USERS.withMethods("PUT", "POST")))
                .containsExactly("tie 0 1: POST /users/42");
        assertThat(said(USERS.withMethods("GET"), USERS.withMethods("POST"), USERS.withMethods("HEAD")))
                .isEmpty();
    }

    @Test
    void different_conditions_of_one_number_tie_where_both_can_hold() {
        assertThat(said(USERS.withHeader("X-Version", "2"), USERS.withCookie("beta", "1")))
                .containsExactly("tie 0 1: GET /users/42 with X-Version: 2, Cookie: beta=1");
        assertThat(said(USERS.withQuery("q", "a*"), USERS.withQuery("q", "abc")))
                .containsExactly("tie 0 1: GET /users/42?q=abc");
        assertThat(said(USERS.withClients("10.0.0.0/8"), USERS.withClients("192.168.0.0/16", "10.1.0.0/16")))
                .containsExactly("tie 0 1: GET /users/42 from 10.1.0.0");
        assertThat(said(USERS.withHosts("*.a.com", "b.com"), USERS.withHosts("c.com", "*.a.com")))
                .containsExactly("tie 0 1: GET www.a.com/users/42");
    }

    @Test
    void routes_no_request_can_both_match_do_not_tie() {
        assertThat(said(
                        USERS,
                        USERS.withHosts("a.com"),
                        USERS.withHosts("*.a.com"),
                        USERS.withPriority(1).withMethods("PUT"),
                        RouteMatcher.of("/users/x/*"),
                        RouteMatcher.of("/users/{id}/{x}"),
                        USERS.withHeader("X-Version", "1"),
                        USERS.withHeader("X-Version", "2"),
                        USERS.withHeader("X-Version", "3*"),
                        USERS.withHeader("X-Version", "!*"),
                        USERS.withHeader("X-Version", "~4[a-z]"),
                        USERS.withClients("10.0.0.0/8").withQuery("a", "1"),
                        USERS.withClients("11.0.0.0/8").withQuery("a", "1")))
                .isEmpty();
    }

    @Test
    void ten_thousand_routes_that_differ_in_one_header_are_told_apart_without_comparing_all() {
        RouteTableBuilder<String> builder = RouteTable.builder();
        for (int i = 0; i < 10_000; i++) {
            builder.add(USERS.withMethods("GET").withHeader("X-Tenant", "t" + i), "");
        }
        builder.add(USERS.withMethods("GET").withHeader("x-tenant", "t4711"), "");
        assertThat(builder.build().problems()).singleElement().isInstanceOfSatisfying(RouteProblem.Tie.class, tie -> {
            assertThat(tie.first()).isEqualTo(4711);
            assertThat(tie.second()).isEqualTo(10_000);
        });
    }

    @Test
    void a_thousand_equal_routes_are_reported_once_each() {
        RouteMatcher[] same = new RouteMatcher[1000];
        Arrays.fill(same, USERS);
        assertThat(Routes.problems(same)).hasSize(999);
    }

    @Test
    void a_route_behind_a_wider_one_with_priority_is_shadowed() {
        assertThat(said(RouteMatcher.of("/admin/**").withPriority(1), RouteMatcher.of("/admin/users")))
                .containsExactly("shadowed 1 by [0]: GET /admin/users");
        assertThat(said(RouteMatcher.of("/**").withPriority(1).withMethods("GET", "DELETE"), USERS.withMethods("HEAD")))
                .containsExactly("shadowed 1 by [0]: HEAD /users/42");
        assertThat(said(
                        RouteMatcher.of("/**").withPriority(2).withMethods("GET"),
                        RouteMatcher.of("/**").withPriority(1).withMethods("POST"),
                        USERS.withMethods("GET", "POST")))
                .containsExactly("shadowed 2 by [0, 1]: GET /users/42");
    }

    @Test
    void a_star_behind_a_parameter_is_shadowed() {
        assertThat(said(RouteMatcher.of("/a/*").withMethods("GET"), RouteMatcher.of("/a/{x}")))
                .containsExactly("shadowed 0 by [1]: GET /a/42");
    }

    @Test
    void an_expression_behind_every_path_is_shadowed() {
        assertThat(said(RouteMatcher.of("/**"), RouteMatcher.of("~/v[0-9]+")))
                .containsExactly("shadowed 1 by [0]: GET /v1");
    }

    @Test
    void a_route_is_shadowed_only_when_all_its_hosts_are() {
        RouteMatcher wide = RouteMatcher.of("/**").withHosts("*.a.com").withPriority(1);
        assertThat(said(wide, USERS.withHosts("x.a.com", "b.com"))).isEmpty();
        assertThat(said(wide, USERS.withHosts("x.a.com", "*.y.a.com")))
                .containsExactly("shadowed 1 by [0]: GET x.a.com/users/42");
        assertThat(said(wide, USERS.withHosts("a.com"))).isEmpty();
        assertThat(said(wide, USERS)).isEmpty();
    }

    @Test
    void no_alarm_where_something_is_left_for_the_route() {
        RouteMatcher first = RouteMatcher.of("/a/**").withPriority(1);
        assertThat(said(first.withHeader("X", "1"), RouteMatcher.of("/a/b"))).isEmpty();
        assertThat(said(first.withMethods("GET"), RouteMatcher.of("/a/b"))).isEmpty();
        assertThat(said(first.withMethods("HEAD"), RouteMatcher.of("/a/b").withMethods("GET")))
                .isEmpty();
        assertThat(said(first.withClients("10.0.0.0/8"), RouteMatcher.of("/a/b").withClients("10.0.0.0/7")))
                .isEmpty();
        assertThat(said(RouteMatcher.of("/a/{x}").withPriority(1), RouteMatcher.of("/a/**")))
                .isEmpty();
        assertThat(said(RouteMatcher.of("/a/{x}").withPriority(1), RouteMatcher.of("/a/")))
                .isEmpty();
        assertThat(said(RouteMatcher.of("/**/{x}").withPriority(1), RouteMatcher.of("/a/**")))
                .isEmpty();
        assertThat(said(RouteMatcher.of("/*.png").withPriority(1), RouteMatcher.of("/{x}")))
                .isEmpty();
    }

    @Test
    void a_pattern_that_would_cut_an_escape_in_two_shadows_nothing() {
        assertThat(said(RouteMatcher.of("/*9").withPriority(1), RouteMatcher.of("/*é")))
                .isEmpty();
    }

    @Test
    void conditions_that_follow_from_others_do_not_save_a_route() {
        RouteMatcher first = RouteMatcher.of("/a/**").withPriority(1);
        assertThat(said(first.withHeader("X", "*"), RouteMatcher.of("/a/b").withHeader("x", "1")))
                .hasSize(1);
        assertThat(said(first.withHeader("X", "v*"), RouteMatcher.of("/a/b").withHeader("x", "v2*")))
                .hasSize(1);
        assertThat(said(first.withQuery("q", "~[0-9]+"), RouteMatcher.of("/a/b").withQuery("q", "12")))
                .hasSize(1);
        assertThat(said(first.withClients("10.0.0.0/8"), RouteMatcher.of("/a/b").withClients("10.1.0.0/16")))
                .hasSize(1);
        assertThat(said(RouteMatcher.of("/**/x-*").withPriority(1), RouteMatcher.of("/a/**/x-1-{b}")))
                .hasSize(1);
        assertThat(said(RouteMatcher.of("~/a/.*").withPriority(1), RouteMatcher.of("/a/b")))
                .hasSize(1);
    }

    @Test
    void two_expressions_under_one_host_need_priority() {
        RouteMatcher first = RouteMatcher.of("~/v[0-9]+");
        assertThat(said(first, RouteMatcher.of("~/v1"))).containsExactly("priority 0 1: GET /v1");
        assertThat(said(first, RouteMatcher.of("~/v[0-9]+/x"))).containsExactly("priority 0 1: null");
        assertThat(said(first, RouteMatcher.of("~/v1").withPriority(1))).isEmpty();
        assertThat(said(first, RouteMatcher.of("~/v1").withHosts("a.com"))).isEmpty();
        assertThat(said(first.withMethods("GET"), RouteMatcher.of("~/v1").withMethods("PUT")))
                .isEmpty();
    }

    private static List<String> said(RouteMatcher... matchers) {
        return Routes.problems(matchers).stream()
                .map(problem -> switch (problem) {
                    case RouteProblem.Tie tie -> "tie " + tie.first() + " " + tie.second() + ": " + tie.example();
                    case RouteProblem.Shadowed shadowed ->
                        "shadowed " + shadowed.route() + " by " + shadowed.by() + ": " + shadowed.example();
                    case RouteProblem.RegexNeedsPriority regex ->
                        "priority " + regex.first() + " " + regex.second() + ": " + regex.example();
                    case RouteProblem.BadPattern bad -> "bad " + bad;
                })
                .toList();
    }
}
