package dev.gatehouse.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoutePathTest {
    @Test
    void a_literal_path_is_that_path_and_no_other() {
        Routes routes = Routes.of("/users");
        assertThat(routes.get("/users")).isEqualTo("/users");
        for (String other : List.of("/", "/users/", "/Users", "/user", "/userss", "/users/1", "/x/users", "/users;x")) {
            assertThat(routes.get(other)).as(other).isEqualTo("404");
        }
    }

    @Test
    void a_final_slash_is_another_path() {
        Routes routes = Routes.of("/a", "/a/", "/");
        assertThat(routes.get("/a")).isEqualTo("/a");
        assertThat(routes.get("/a/")).isEqualTo("/a/");
        assertThat(routes.get("/")).isEqualTo("/");
    }

    @Test
    void a_parameter_is_exactly_one_segment_that_is_not_empty() {
        Routes routes = Routes.of("/users/{id}");
        assertThat(routes.get("/users/42")).isEqualTo("/users/{id}");
        assertThat(routes.parameters()).isEqualTo("id=42");
        assertThat(routes.get("/users/a%20b;v=1")).isEqualTo("/users/{id}");
        assertThat(routes.parameters()).isEqualTo("id=a%20b;v=1");
        for (String other : List.of("/users", "/users/", "/users/42/", "/users/42/x")) {
            assertThat(routes.get(other)).as(other).isEqualTo("404");
        }
    }

    @Test
    void a_star_is_a_parameter_without_a_name() {
        Routes routes = Routes.of("/files/*/raw");
        assertThat(routes.get("/files/a/raw")).isEqualTo("/files/*/raw");
        assertThat(routes.parameters()).isEmpty();
        assertThat(routes.get("/files/raw")).isEqualTo("404");
        assertThat(routes.get("/files/a/b/raw")).isEqualTo("404");
    }

    @Test
    void a_gap_within_a_segment_takes_at_least_one_octet() {
        Routes routes = Routes.of("/files/*.png", "/v{major}.{minor}/x", "/{from}-{to}");
        assertThat(routes.get("/files/a.png")).isEqualTo("/files/*.png");
        assertThat(routes.get("/files/.png")).isEqualTo("404");
        assertThat(routes.get("/files/a.PNG")).isEqualTo("404");
        assertThat(routes.get("/files/a/b.png")).isEqualTo("404");
        assertThat(routes.get("/v1.20/x")).isEqualTo("/v{major}.{minor}/x");
        assertThat(routes.parameters()).isEqualTo("major=1 minor=20");
        assertThat(routes.get("/v1./x")).isEqualTo("404");
        assertThat(routes.get("/a-b-c")).isEqualTo("/{from}-{to}");
        assertThat(routes.parameters()).isEqualTo("from=a to=b-c");
        assertThat(routes.get("/--")).isEqualTo("404");
        assertThat(routes.get("/---")).isEqualTo("/{from}-{to}");
        assertThat(routes.parameters()).isEqualTo("from=- to=-");
    }

    @Test
    void a_gap_never_cuts_an_escape_in_two() {
        Routes routes = Routes.of("/a*A9", "/b*9");
        assertThat(routes.get("/a%C3%A9")).isEqualTo("404");
        assertThat(routes.get("/b%C3%A9")).isEqualTo("404");
        assertThat(routes.get("/b%C3%A99")).isEqualTo("/b*9");
    }

    /// The paths of page 6 D after the normal form, against a rule for `/admin/**`.
    @Test
    void two_stars_cover_the_path_itself_and_all_below_and_nothing_beside() {
        Routes routes = Routes.of("/admin/**");
        for (String inside :
                List.of("/admin", "/admin/", "/admin/x", "/admin/x/", "/admin/x/y", "/admin/;x", "/admin/%7Bx")) {
            assertThat(routes.get(inside)).as(inside).isEqualTo("/admin/**");
        }
        for (String outside : List.of(
                "/", "/administrator", "/Admin", "/ADMIN/x", "/admin;x", "/admin;x/y", "/x/admin", "/admin%20/x")) {
            assertThat(routes.get(outside)).as(outside).isEqualTo("404");
        }
    }

    @Test
    void what_two_stars_took_is_the_parameter_rest() {
        Routes routes = Routes.of("/api/{version}/**");
        assertThat(routes.get("/api/v1/a/b")).isEqualTo("/api/{version}/**");
        assertThat(routes.parameters()).isEqualTo("version=v1 rest=a/b");
        routes.get("/api/v1");
        assertThat(routes.parameters()).isEqualTo("version=v1 rest=");
        routes.get("/api/v1/");
        assertThat(routes.parameters()).isEqualTo("version=v1 rest=");
        routes.get("/api/v1/a/");
        assertThat(routes.parameters()).isEqualTo("version=v1 rest=a/");
    }

    @Test
    void two_stars_may_stand_at_the_front_or_in_the_middle() {
        Routes routes = Routes.of("/**/track", "/a/**/{x}/end");
        assertThat(routes.get("/track")).isEqualTo("/**/track");
        assertThat(routes.parameters()).isEqualTo("rest=");
        assertThat(routes.get("/orders/9/track")).isEqualTo("/**/track");
        assertThat(routes.parameters()).isEqualTo("rest=orders/9");
        assertThat(routes.get("/track/")).isEqualTo("404");
        assertThat(routes.get("/a/1/end")).isEqualTo("/a/**/{x}/end");
        assertThat(routes.parameters()).isEqualTo("rest= x=1");
        assertThat(routes.get("/a/b/c/1/end")).isEqualTo("/a/**/{x}/end");
        assertThat(routes.parameters()).isEqualTo("rest=b/c x=1");
        assertThat(routes.get("/a/end")).isEqualTo("404");
    }

    @Test
    void only_the_pattern_of_every_path_covers_the_asterisk() {
        Routes routes = Routes.of("/{x}", "/*/y", "/a/**");
        assertThat(routes.find(SampleRequest.of("OPTIONS", "*"))).isEqualTo("404");
        assertThat(Routes.of("/**").find(SampleRequest.of("OPTIONS", "*"))).isEqualTo("/**");
    }

    @Test
    void a_regular_expression_matches_the_whole_path_and_names_its_groups() {
        Routes routes = Routes.of("~^/v(?P<version>[0-9]+)/(?P<tail>.*)$");
        assertThat(routes.get("/v12/a/b")).startsWith("~");
        assertThat(routes.parameters()).isEqualTo("version=12 tail=a/b");
        assertThat(routes.get("/x/v12/a")).isEqualTo("404");
        assertThat(Routes.of("~/a+").get("/aaab")).isEqualTo("404");
    }

    @Test
    void a_regular_expression_takes_linear_time() {
        Routes routes = Routes.of("~/(a+)+$");
        String path = "/" + "a".repeat(50 << 10) + "!";
        long start = System.nanoTime();
        assertThat(routes.get(path)).isEqualTo("404");
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    @Test
    void a_pattern_is_brought_into_the_normal_form_of_requests() {
        Routes routes = Routes.of("/café/{x}", "/%7ejoe", "/a b", "/%e2%82%ac", "/semi;colon");
        assertThat(routes.get("/caf%C3%A9/1")).isEqualTo("/café/{x}");
        assertThat(routes.get("/~joe")).isEqualTo("/%7ejoe");
        assertThat(routes.get("/a%20b")).isEqualTo("/a b");
        assertThat(routes.get("/%E2%82%AC")).isEqualTo("/%e2%82%ac");
        assertThat(routes.get("/semi;colon")).isEqualTo("/semi;colon");
    }

    @Test
    void a_pattern_no_request_could_match_is_refused_with_its_place() {
        assertThat(bad("users")).isEqualTo("0 a path starts with '/', a regular expression with '~'");
        assertThat(bad("/a//b")).startsWith("3 '//' matches nothing");
        assertThat(bad("/a/../b")).startsWith("3 '..' matches nothing");
        assertThat(bad("/a/.")).startsWith("3 '.' matches nothing");
        assertThat(bad("/a/..;x")).startsWith("3 '..;x' matches nothing");
        assertThat(bad("/a?x=1")).startsWith("2 a path has no '?'");
        assertThat(bad("/a#b")).startsWith("2 a path has no '#'");
        assertThat(bad("/a\\b")).startsWith("2 this character never stands in a path");
        assertThat(bad("/a%2fb")).startsWith("2 a pattern holds no escaped slash");
        assertThat(bad("/a%5Cb")).startsWith("2 a pattern holds no escaped slash");
        assertThat(bad("/a%0ab")).startsWith("2 matches nothing");
        assertThat(bad("/a%zz")).startsWith("2 '%' is followed by");
        assertThat(bad("/%ff")).contains("not UTF-8");
        assertThat(bad("/{id")).isEqualTo("1 '{' without its '}'");
        assertThat(bad("/id}")).isEqualTo("3 '}' without its '{'");
        assertThat(bad("/{}")).startsWith("2 a parameter is a name");
        assertThat(bad("/{id:[0-9]+}")).startsWith("2 a parameter is a name");
        assertThat(bad("/{a}/{a}")).isEqualTo("6 parameter 'a': given twice");
        assertThat(bad("/{a}{b}")).startsWith("4 two variable parts");
        assertThat(bad("/a**")).startsWith("2 '**' stands for whole segments");
        assertThat(bad("/**/a/**")).startsWith("6 '**' may stand once");
        assertThat(bad("/{rest}/**")).contains("'rest' is the name of what '**' took");
        assertThat(bad("~/a(")).contains("not a regular expression");
        assertThat(bad("/x".repeat(200))).contains("at most 128 segments");
    }

    private static String bad(String path) {
        List<RouteProblem> problems = Routes.problems(RouteMatcher.of(path));
        assertThat(problems).hasSize(1);
        RouteProblem.BadPattern bad = (RouteProblem.BadPattern) problems.getFirst();
        assertThat(bad.place()).isEqualTo("path");
        assertThat(bad.text()).isEqualTo(path);
        return bad.position() + " " + bad.sentence();
    }
}
