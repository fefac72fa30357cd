package dev.gatehouse.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteConditionTest {
    private static final RouteMatcher ANY = RouteMatcher.of("/**");

    // Hosts

    @Test
    void a_host_is_compared_without_port_case_and_final_dot() {
        Routes routes = Routes.of(ANY.withHosts("Shop.Example.com"));
        for (String same :
                List.of("shop.example.com", "SHOP.example.COM:8443", "shop.example.com.", "shop.example.com.:80")) {
            assertThat(routes.find(to(same))).as(same).isEqualTo("a");
        }
        for (String other :
                List.of("", "example.com", "x.shop.example.com", "shop.example.com.evil.org", "shop-example.com")) {
            assertThat(routes.find(to(other))).as(other).isEqualTo("404");
        }
    }

    @Test
    void a_wildcard_is_one_or_more_labels_in_front() {
        Routes routes = Routes.of(ANY.withHosts("*.example.com"));
        assertThat(routes.find(to("www.example.com"))).isEqualTo("a");
        assertThat(routes.find(to("a.b.Example.com:80"))).isEqualTo("a");
        assertThat(routes.find(to("example.com"))).isEqualTo("404");
        assertThat(routes.find(to("badexample.com"))).isEqualTo("404");
        assertThat(routes.find(to(".example.com"))).isEqualTo("404");
    }

    @Test
    void one_host_wins_over_the_longest_wildcard_and_that_over_any() {
        Routes routes = Routes.of(
                ANY,
                ANY.withHosts("*.example.com"),
                ANY.withHosts("*.eu.example.com"),
                ANY.withHosts("shop.eu.example.com"));
        assertThat(routes.find(to("shop.eu.example.com"))).isEqualTo("d");
        assertThat(routes.find(to("x.eu.example.com"))).isEqualTo("c");
        assertThat(routes.find(to("eu.example.com"))).isEqualTo("b");
        assertThat(routes.find(to("example.org"))).isEqualTo("a");
        assertThat(routes.find(to(""))).isEqualTo("a");
    }

    @Test
    void a_more_specific_host_wins_over_a_more_specific_path_and_falls_back_to_it() {
        Routes routes = Routes.of(RouteMatcher.of("/a/{x}").withHosts("h"), RouteMatcher.of("/a/b"), ANY);
        assertThat(routes.find(SampleRequest.of("GET", "/a/b").withHost("h"))).isEqualTo("a");
        assertThat(routes.find(SampleRequest.of("GET", "/a/b").withHost("i"))).isEqualTo("b");
        assertThat(routes.find(SampleRequest.of("GET", "/z").withHost("h"))).isEqualTo("c");
    }

    @Test
    void addresses_and_names_of_other_scripts_are_hosts_too() {
        Routes routes = Routes.of(ANY.withHosts("[::1]", "127.0.0.1", "bücher.example"));
        assertThat(routes.find(to("[::1]:8080"))).isEqualTo("a");
        assertThat(routes.find(to("[::1]"))).isEqualTo("a");
        assertThat(routes.find(to("127.0.0.1:80"))).isEqualTo("a");
        assertThat(routes.find(to("xn--bcher-kva.example"))).isEqualTo("a");
    }

    @Test
    void a_host_of_any_length_costs_one_pass_and_breaks_nothing() {
        Routes routes = Routes.of(ANY.withHosts("*.a"), ANY);
        assertThat(routes.find(to("a.".repeat(4000)))).isEqualTo("b");
        assertThat(routes.find(to("a.".repeat(120) + "a"))).isEqualTo("a");
    }

    @Test
    void what_is_no_host_is_refused_with_its_place() {
        for (String wrong :
                List.of("", "example.com:80", "http://x", "a*.com", "*.*.com", "a b", "*.", ".x", "a..b", "[::1")) {
            assertThat(Routes.problems(ANY.withHosts("ok", wrong)))
                    .as(wrong)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            RouteProblem.BadPattern.class,
                            bad -> assertThat(bad.place()).isEqualTo("hosts[1]"));
        }
    }

    // Methods

    @Test
    void only_where_a_route_missed_the_method_alone_it_is_405_with_all_their_methods() {
        Routes routes = Routes.of(
                RouteMatcher.of("/users/{id}").withMethods("GET"),
                RouteMatcher.of("/users/{id}").withMethods("DELETE"),
                RouteMatcher.of("/users/{id}").withMethods("PUT").withHeader("X-Version", "2"),
                RouteMatcher.of("/**").withMethods("PROPFIND"));
        assertThat(routes.find(SampleRequest.of("PATCH", "/users/1"))).isEqualTo("405 GET HEAD DELETE PROPFIND");
        assertThat(routes.find(SampleRequest.of("PATCH", "/users/1").withHeader("X-Version", "2")))
                .isEqualTo("405 GET HEAD PUT DELETE PROPFIND");
        assertThat(routes.find(SampleRequest.of("PROPFIND", "/users/1"))).isEqualTo("d");
        assertThat(Routes.of(RouteMatcher.of("/a").withMethods("GET").withQuery("x", "1"))
                        .find(SampleRequest.of("POST", "/a")))
                .isEqualTo("404");
    }

    @Test
    void get_answers_head_unless_a_route_lists_it() {
        Routes routes = Routes.of(
                RouteMatcher.of("/a").withMethods("GET"),
                RouteMatcher.of("/a").withMethods("HEAD"),
                RouteMatcher.of("/b").withMethods("GET"));
        assertThat(routes.find(SampleRequest.of("HEAD", "/a"))).isEqualTo("b");
        assertThat(routes.find(SampleRequest.of("GET", "/a"))).isEqualTo("a");
        assertThat(routes.find(SampleRequest.of("HEAD", "/b"))).isEqualTo("c");
    }

    @Test
    void options_is_a_method_like_others_and_letters_count() {
        Routes routes = Routes.of(RouteMatcher.of("/a").withMethods("GET"), RouteMatcher.of("/b"));
        assertThat(routes.find(SampleRequest.of("OPTIONS", "/a"))).isEqualTo("405 GET HEAD");
        assertThat(routes.find(SampleRequest.of("get", "/a"))).isEqualTo("405 GET HEAD");
        assertThat(routes.find(SampleRequest.of("OPTIONS", "/b"))).isEqualTo("b");
        assertThat(routes.find(SampleRequest.of("brew", "/b"))).isEqualTo("b");
    }

    @Test
    void what_is_no_method_is_refused() {
        for (String wrong : List.of("get", "*", "ANY", "", "A B", "X".repeat(33))) {
            assertThat(Routes.problems(ANY.withMethods(wrong)))
                    .as(wrong)
                    .singleElement()
                    .satisfies(problem -> assertThat(((RouteProblem.BadPattern) problem).place())
                            .isEqualTo("methods[0]"));
        }
    }

    // Headers, query, cookies, client

    @Test
    void a_request_that_misses_a_condition_falls_to_the_next_route() {
        Routes routes = Routes.of(
                ANY,
                ANY.withHeader("X-Version", "2"),
                ANY.withHeader("X-Version", "2").withQuery("lang", "it"));
        SampleRequest plain = SampleRequest.of("GET", "/");
        assertThat(routes.find(plain)).isEqualTo("a");
        assertThat(routes.find(plain.withHeader("x-version", "2"))).isEqualTo("b");
        assertThat(routes.find(plain.withHeader("x-version", "22"))).isEqualTo("a");
        assertThat(routes.find(plain.withHeader("X-Version", "2").withQuery("lang", "it")))
                .isEqualTo("c");
    }

    @Test
    void values_are_exact_or_a_prefix_or_there_or_not_there_or_an_expression() {
        assertThat(passing("beta")).containsExactly("beta");
        assertThat(passing("be*")).containsExactly("beta", "be*", "be");
        assertThat(passing("=be*")).containsExactly("be*");
        assertThat(passing("*")).containsExactly("beta", "be*", "be", "", "~x");
        assertThat(passing("!*")).containsExactly("(none)");
        assertThat(passing("~b.t?")).containsExactly("be");
        assertThat(passing("=~x")).containsExactly("~x");
        assertThat(passing("")).containsExactly("");
    }

    private static List<String> passing(String pattern) {
        Routes routes = Routes.of(ANY.withHeader("X", pattern));
        return List.of("beta", "be*", "be", "", "~x", "(none)").stream()
                .filter(value -> {
                    SampleRequest request = SampleRequest.of("GET", "/");
                    return !routes.find(value.equals("(none)") ? request : request.withHeader("X", value))
                            .equals("404");
                })
                .toList();
    }

    @Test
    void the_first_value_counts() {
        Routes routes = Routes.of(ANY.withHeader("X", "1").withQuery("q", "1").withCookie("c", "1"));
        assertThat(routes.find(SampleRequest.of("GET", "/?q=1&q=2")
                        .withHeader("X", "1")
                        .withHeader("X", "2")
                        .withHeader("Cookie", "c=1; c=2")))
                .isEqualTo("a");
        assertThat(routes.find(SampleRequest.of("GET", "/?q=2&q=1")
                        .withHeader("X", "1")
                        .withCookie("c", "1")))
                .isEqualTo("404");
    }

    @Test
    void query_parameters_are_compared_decoded() {
        Routes routes = Routes.of(ANY.withQuery("näme", "a b&c"));
        assertThat(routes.get("/?x=1&n%C3%A4me=a+b%26c")).isEqualTo("a");
        assertThat(routes.get("/?n%c3%a4me=a%20b%26c&y")).isEqualTo("a");
        assertThat(routes.get("/?n%C3%A4m=a+b%26c")).isEqualTo("404");
        assertThat(routes.get("/?name=a+b%26c")).isEqualTo("404");
        Routes flag = Routes.of(ANY.withQuery("debug", "*"));
        assertThat(flag.get("/?debug")).isEqualTo("a");
        assertThat(flag.get("/?a&debug=")).isEqualTo("a");
        assertThat(flag.get("/?debugger=1&xdebug")).isEqualTo("404");
        assertThat(flag.get("/")).isEqualTo("404");
    }

    @Test
    void cookies_are_found_among_others_and_in_several_fields() {
        Routes routes = Routes.of(ANY.withCookie("beta", "1"));
        SampleRequest request = SampleRequest.of("GET", "/");
        assertThat(routes.find(request.withHeader("Cookie", "a=2; beta=1; c=3")))
                .isEqualTo("a");
        assertThat(routes.find(request.withHeader("Cookie", "a=2").withHeader("cookie", "beta=1")))
                .isEqualTo("a");
        assertThat(routes.find(request.withHeader("Cookie", "xbeta=1; beta2=1; Beta=1")))
                .isEqualTo("404");
        assertThat(routes.find(request)).isEqualTo("404");
    }

    @Test
    void the_client_is_in_one_of_the_ranges() {
        Routes routes = Routes.of(ANY.withClients("10.0.0.0/8", "2001:db8::/32"), ANY);
        SampleRequest request = SampleRequest.of("GET", "/");
        assertThat(routes.find(request.withClient(InetAddress.ofLiteral("10.1.2.3"))))
                .isEqualTo("a");
        assertThat(routes.find(request.withClient(InetAddress.ofLiteral("2001:db8::9"))))
                .isEqualTo("a");
        assertThat(routes.find(request.withClient(InetAddress.ofLiteral("11.1.2.3"))))
                .isEqualTo("b");
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        List<RouteProblem> problems = Routes.problems(
                RouteMatcher.of("nowhere")
                        .withHosts("a:1")
                        .withHeader("X Y", "1")
                        .withQuery("q", "~(")
                        .withClients("10/8"),
                ANY.withHeader("X-A", "1").withHeader("x-a", "2"));
        assertThat(problems)
                .extracting(problem -> ((RouteProblem.BadPattern) problem).place())
                .containsExactly(
                        "path",
                        "hosts[0]",
                        "match.headers.X Y",
                        "match.query.q",
                        "match.client[0]",
                        "match.headers.x-a");
    }

    private static SampleRequest to(String host) {
        return SampleRequest.of("GET", "/x").withHost(host);
    }
}
