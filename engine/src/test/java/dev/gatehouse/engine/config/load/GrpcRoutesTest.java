package dev.gatehouse.engine.config.load;

import static dev.gatehouse.engine.config.load.Loading.config;
import static dev.gatehouse.engine.config.load.Loading.load;
import static dev.gatehouse.engine.config.load.Loading.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.GrpcConfig;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrpcRoutesTest {
    private static final String STOCK = "services: { stock: { instances: [ \"127.0.0.1:9090\" ], protocol: grpc } }\n";

    @Test
    void a_method_is_a_path_and_post() {
        RouteConfig route = config(STOCK + "routes: [ { grpc: shop.Stock/GetLevel, service: stock } ]")
                .routes()
                .getFirst();
        assertThat(route.path()).isEqualTo("/shop.Stock/GetLevel");
        assertThat(route.methods()).isEqualTo(List.of("POST"));
        assertThat(route.grpc()).isEqualTo(new GrpcConfig("shop.Stock/GetLevel", true, null));
    }

    @Test
    void all_that_can_be_said_of_it_stands_under_it() {
        RouteConfig route = config(
                        STOCK
                                + "routes: [ { grpc: { method: shop.Stock/*, web: false, max_timeout: 30s }, service: stock } ]")
                .routes()
                .getFirst();
        assertThat(route.path()).isEqualTo("/shop.Stock/*");
        assertThat(route.grpc()).isEqualTo(new GrpcConfig("shop.Stock/*", false, Duration.ofSeconds(30)));
    }

    @Test
    void a_group_without_a_path_may_hold_it() {
        RouteConfig route = config(STOCK + """
                routes:
                  - group: stock
                    service: stock
                    methods: [GET]
                    routes: [ { grpc: shop.Stock/* } ]
                """).routes().getFirst();
        assertThat(route.path()).isEqualTo("/shop.Stock/*");
        assertThat(route.methods()).isEqualTo(List.of("POST"));
    }

    @Test
    void a_group_with_a_path_may_not() {
        assertThat(mistakes(STOCK + """
                routes:
                  - group: stock
                    path: /api
                    service: stock
                    routes: [ { grpc: shop.Stock/* } ]
                """)).containsExactly("GH1602 routes[0].routes[0].grpc");
    }

    @Test
    void a_group_has_none_for_all_its_routes() {
        assertThat(mistakes(STOCK + """
                routes:
                  - group: stock
                    grpc: shop.Stock/*
                    service: stock
                    routes: [ { path: /a } ]
                """)).containsExactly("GH1602 routes[0].grpc");
    }

    @Test
    void whatever_else_would_say_path_or_method_excludes_it() {
        assertThat(mistakes(
                        STOCK + "routes: [ { grpc: a.B/C, path: /a, methods: [GET], websocket: {}, service: stock } ]"))
                .containsExactlyInAnyOrder(
                        "GH1602 routes[0].path", "GH1602 routes[0].methods", "GH1602 routes[0].websocket");
    }

    @Test
    void a_method_is_a_service_and_a_method() {
        assertThat(TextReport.of(load(STOCK + "routes: [ { grpc: Stock, service: stock } ]")
                        .diagnostics()))
                .contains("'Stock' (expected: package.Service/Method, or package.Service/*)");
    }

    @Test
    void a_misspelt_setting_of_it_is_told_with_the_right_one() {
        assertThat(TextReport.of(load(STOCK + "routes: [ { grpc: { method: a.B/C, max_timout: 3s }, service: stock } ]")
                        .diagnostics()))
                .contains("max_timout", "max_timeout");
    }

    @Test
    void a_service_of_http_1_1_is_doubted() {
        assertThat(mistakes("routes: [ { grpc: a.B/C, service: \"http://localhost:9090\" } ]"))
                .containsExactly("GH2210 routes[0].service");
        assertThat(mistakes("routes: [ { grpc: a.B/C, service: \"https://localhost:9090\" } ]"))
                .isEmpty();
    }
}
