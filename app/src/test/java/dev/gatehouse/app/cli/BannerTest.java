package dev.gatehouse.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.console.Ink;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.RouteTarget;
import dev.gatehouse.engine.config.TimeoutConfig;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BannerTest {
    @Test
    void says_what_runs_where_and_how_long_it_took() {
        assertThat(String.join(
                        "\n",
                        banner(List.of(route("/users/{userId}", "user-service")))
                                .lines(Ink.PLAIN)))
                .isEqualTo("""
                  gatehouse 1.0.0  ·  Java 25.0.1  ·  pid 4711  ·  config: shop.yaml (1 route, 1 service)

                  LISTEN   http://localhost:8080    your API
                           http://localhost:9000    admin API  loopback only
                  LOOPS    2 on epoll

                  ROUTES   METHOD  PATH             →  SERVICE
                           ANY     /users/{userId}     user-service

                  READY in 412 ms   (config 38 · listeners 85 · JVM 289)   ·   Ctrl-C stops""".indent(2)
                        .stripTrailing()
                        .lines()
                        .map(line -> line.isBlank() ? "" : line)
                        .reduce((all, line) -> all + "\n" + line)
                        .orElseThrow());
    }

    @Test
    void shows_twelve_routes_and_how_to_see_the_rest() {
        List<RouteConfig> many = IntStream.range(0, 100)
                .mapToObj(number -> route("/r" + number, "user-service"))
                .toList();

        assertThat(banner(many).lines(Ink.PLAIN))
                .anyMatch(line -> line.contains("/r11 "))
                .noneMatch(line -> line.contains("/r12 "))
                .contains("           and 88 more: gatehouse routes -f shop.yaml");
    }

    @Test
    void what_nobody_wrote_is_said_in_yellow_and_only_where_colours_are_wanted() {
        Banner builtIn = banner(List.of(), new Banner.Config("built-in demo", "3 services", true));

        assertThat(builtIn.lines(Ink.COLOURED).getFirst()).contains("\u001B[33mbuilt-in demo\u001B[0m");
        assertThat(String.join("", builtIn.lines(Ink.PLAIN))).doesNotContain("\u001B");
    }

    @Test
    void programs_get_the_same_facts_on_one_line() {
        assertThat(banner(List.of(route("/**", "shop"))).json(Instant.EPOCH))
                .isEqualTo(
                        "{\"time\":\"1970-01-01T00:00:00Z\",\"event\":\"ready\",\"version\":\"1.0.0\",\"java\":\"25.0.1\","
                                + "\"pid\":4711,\"config\":\"shop.yaml\",\"listeners\":[\"http://localhost:8080\"],"
                                + "\"admin\":\"http://localhost:9000\",\"routes\":1,\"ready_ms\":412,"
                                + "\"ms\":{\"config\":38,\"listeners\":85,\"JVM\":289}}");
    }

    private static Banner banner(List<RouteConfig> routes) {
        return banner(routes, new Banner.Config("shop.yaml", "1 route, 1 service", false));
    }

    private static Banner banner(List<RouteConfig> routes, Banner.Config config) {
        Deque<Long> clock = new ArrayDeque<>(List.of(0L, 38L, 123L));
        StartTimes times = new StartTimes(() -> TimeUnit.MILLISECONDS.toNanos(clock.remove()), 289);
        times.done("config");
        times.done("listeners");
        return new Banner(
                "1.0.0",
                "25.0.1",
                4711,
                config,
                List.of(new Banner.Listener("http://localhost:8080", "your API")),
                new Banner.Admin("http://localhost:9000", "loopback only"),
                routes,
                "gatehouse routes -f shop.yaml",
                List.of(new Banner.Section("LOOPS", List.of("2 on epoll"))),
                times,
                List.of());
    }

    private static RouteConfig route(String path, String service) {
        return RouteConfig.of(
                path,
                new RouteTarget.ToServices(List.of(new RouteTarget.Share(service, 1, TimeoutConfig.DEFAULT))),
                List.of());
    }
}
