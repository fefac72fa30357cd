package dev.gatehouse.engine.config.load;

import static dev.gatehouse.engine.config.load.Loading.config;
import static dev.gatehouse.engine.config.load.Loading.load;
import static dev.gatehouse.engine.config.load.Loading.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.RouteTarget;
import dev.gatehouse.engine.config.TimeoutConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Defaults < service < group < route.
class LayersTest {
    @Test
    void timeouts_merge_field_by_field_and_the_nearest_layer_wins() {
        GatewayConfig config = config("""
            defaults: { timeout: { connect: 100ms, first_byte: 1s, idle: 2s, request: 3s } }
            services:
              orders:
                instances: [ "127.0.0.1:8081" ]
                timeout: { first_byte: 4s, idle: 5s, request: 6s }
            routes:
              - group: all
                timeout: { idle: 7s, request: 8s }
                routes:
                  - { path: /a, service: orders, timeout: { request: 9s } }
                  - { path: /b, service: orders }
              - { path: /c, service: orders }
            """);

        assertThat(timeout(config.routes().get(0))).isEqualTo(times(100, 4000, 7000, 9000));
        assertThat(timeout(config.routes().get(1))).isEqualTo(times(100, 4000, 7000, 8000));
        assertThat(timeout(config.routes().get(2))).isEqualTo(times(100, 4000, 5000, 6000));
        assertThat(config.services().get("orders").timeout()).isEqualTo(times(100, 4000, 5000, 6000));
    }

    @Test
    void a_bare_time_is_that_of_the_whole_request() {
        GatewayConfig config = config("""
            defaults: { timeout: 3s }
            routes:
              - { path: /a, service: "http://localhost:3000" }
              - { path: /b, service: "http://localhost:3000", timeout: { connect: 200ms } }
            """);

        assertThat(timeout(config.routes().get(0))).isEqualTo(times(1000, 15_000, 60_000, 3000));
        assertThat(timeout(config.routes().get(1))).isEqualTo(times(200, 15_000, 60_000, 3000));
    }

    @Test
    void each_share_of_a_route_has_the_timeout_of_its_service() {
        GatewayConfig config = config("""
            services:
              v1: { instances: [ "127.0.0.1:8081" ], timeout: 1s }
              v2: { instances: [ "127.0.0.1:8082" ], timeout: 2s }
            routes: [ { path: /**, service: { v1: 90, v2: 10 }, timeout: { idle: 3s } } ]
            """);

        assertThat(((RouteTarget.ToServices) config.routes().getFirst().target()).shares())
                .containsExactly(
                        new RouteTarget.Share("v1", 90, times(1000, 15_000, 3000, 1000)),
                        new RouteTarget.Share("v2", 10, times(1000, 15_000, 3000, 2000)));
    }

    @Test
    void a_group_gives_its_routes_what_they_do_not_say_themselves() {
        GatewayConfig config = config("""
            services: { orders: { instances: [ "127.0.0.1:8081" ] } }
            routes:
              - group: orders
                path: /orders
                service: orders
                methods: [ GET ]
                hosts: [ shop.example ]
                strip_prefix: /orders
                routes:
                  - { path: /** }
                  - { path: "/{id}", methods: [ PUT, DELETE ] }
                  - { path: /old, redirect: /new }
                  - group: inner
                    path: /inner
                    routes: [ { name: deep } ]
            """);

        assertThat(config.routes())
                .extracting(RouteConfig::label)
                .containsExactly(
                        "GET /orders/**", "PUT DELETE /orders/{id}", "GET /orders/old", "GET /orders/inner/**");
        assertThat(config.routes()).allSatisfy(route -> {
            assertThat(route.hosts()).containsExactly("shop.example");
            assertThat(route.stripPrefix()).isEqualTo("/orders");
        });
        assertThat(config.routes().get(2).target()).isInstanceOf(RouteTarget.Redirect.class);
        assertThat(config.routes().get(3).name()).isEqualTo("deep");
    }

    @Test
    void every_value_of_a_route_knows_its_place_and_whose_word_it_is() {
        Loaded loaded = load("""
            defaults:
              timeout: { idle: 20s }
            services:
              orders:
                instances: [ "127.0.0.1:8081" ]
                timeout: 5s
            routes:
              - group: all
                service: orders
                routes:
                  - path: /a
                    timeout: { connect: 300ms }
            """);

        assertThat(loaded.routes()).singleElement().satisfies(route -> {
            assertThat(route.path()).isEqualTo("routes[0].routes[0]");
            assertThat(route.span()).hasToString("gateway.yaml:11:9");
            assertThat(route.values())
                    .extracting(one -> one.key() + " " + one.written() + " " + one.span() + " " + one.layer())
                    .containsExactlyInAnyOrder(
                            "path /a gateway.yaml:11:15 route",
                            "service orders gateway.yaml:9:14 group",
                            "timeout.connect 300ms gateway.yaml:12:29 route",
                            "timeout.request 5s gateway.yaml:6:14 service",
                            "timeout.idle 20s gateway.yaml:2:20 defaults");
        });
    }

    @Test
    void a_place_is_found_by_its_path() {
        Loaded loaded = load("""
            services:
              orders:
                instances: [ "127.0.0.1:8081", "127.0.0.1:8082" ]
            routes:
              - { path: /**, service: orders }
            """);

        assertThat(loaded.place("services.orders.instances[1]")).hasToString("gateway.yaml:3:36");
        assertThat(loaded.place("services.orders.load_balancer.algorithm")).hasToString("gateway.yaml:2:3");
        assertThat(loaded.place("nothing.of.this")).isNull();
    }

    @Test
    void a_route_that_moves_is_the_same_route() {
        String services = "services: { orders: { instances: [ \"127.0.0.1:8081\" ] } }\n";
        GatewayConfig before = config(services + "routes: [ { path: /**, service: orders } ]");
        GatewayConfig after = config(services + "# moved\n\nroutes:\n  - path: /**\n    service: orders\n");

        assertThat(after).isEqualTo(before);
    }

    @Test
    void mistakes_in_a_group_without_effect_are_told_too() {
        assertThat(mistakes("""
            routes:
              - group: all
                timeout: 5
                rewrite_hsot: pass
                routes: [ { path: /a, respond: 204 } ]
            """)).containsExactly("GH1301 routes[0].timeout", "GH1001 routes[0].rewrite_hsot");
    }

    private static TimeoutConfig timeout(RouteConfig route) {
        List<RouteTarget.Share> shares = ((RouteTarget.ToServices) route.target()).shares();
        return shares.getFirst().timeout();
    }

    private static TimeoutConfig times(int connect, int firstByte, int idle, int request) {
        return new TimeoutConfig(
                Duration.ofMillis(connect),
                Duration.ofMillis(firstByte),
                Duration.ofMillis(idle),
                Duration.ofMillis(request));
    }
}
