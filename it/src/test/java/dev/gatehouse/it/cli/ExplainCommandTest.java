package dev.gatehouse.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// `gatehouse explain --config`: what holds, and whose word it is.
class ExplainCommandTest {
    private static final String SHOP = """
            services:
              orders:
                instances: [ "127.0.0.1:8081" ]
                timeout: { connect: 300ms, request: 3s }
            defaults:
              timeout: { request: 5s, idle: 20s }
            routes:
              - group: orders
                path: /orders
                service: orders
                timeout: { first_byte: 2s }
                routes:
                  - { path: /**, methods: [ GET ], timeout: { request: 1s } }
              - { path: /hello, respond: { body: hi } }
            """;

    @Test
    void each_value_is_told_with_its_layer_and_its_place() {
        GatehouseCommandLine said = GatehouseCommandLine.given(SHOP, "explain", "--config", "/orders", "-f", "-");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out().lines().findFirst().orElseThrow())
                .contains("GET /orders/**")
                .endsWith("stdin:13:9");
        assertThat(said.out())
                .containsPattern("timeout.request +1s +route +stdin:13:")
                .containsPattern("timeout.first_byte +2s +group +stdin:11:")
                .containsPattern("timeout.connect +300ms +service +stdin:4:")
                .containsPattern("timeout.idle +20s +defaults +stdin:6:")
                .doesNotContain("/hello");
    }

    @Test
    void what_nobody_wrote_is_built_in() {
        GatehouseCommandLine said = GatehouseCommandLine.given(
                "routes: [ { path: /**, service: \"http://127.0.0.1:3000\" } ]\n", "explain", "--config", "-f", "-");

        assertThat(said.out())
                .containsPattern("timeout.connect +1s +built-in")
                .containsPattern("timeout.request +30s +built-in");
    }

    @Test
    void a_route_that_is_not_there_is_said_by_the_exit_code() {
        assertThat(GatehouseCommandLine.given(SHOP, "explain", "--config", "/nowhere", "-f", "-")
                        .code())
                .isEqualTo(1);
    }
}
