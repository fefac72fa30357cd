package dev.gatehouse.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `gatehouse routes`: who is tried first, and what each route wants and does.
class RoutesCommandTest {
    private static final String SHOP = """
            services:
              v1: { instances: [ "127.0.0.1:8081" ] }
              v2: { instances: [ "127.0.0.1:8082" ] }
            routes:
              - path: /**
                service: { v1: 90, v2: 10 }
              - { path: "/users/{id}", methods: [ GET, POST ], service: v1, name: users }
              - path: /users/{id}
                hosts: [ shop.example.com ]
                match: { headers: { X-Version: "2" }, client: [ 10.0.0.0/8 ] }
                respond: { status: 403 }
              - { path: /old/**, priority: 5, redirect: /new }
            """;

    @Test
    void the_routes_stand_in_the_order_in_which_they_are_tried() {
        GatehouseCommandLine said = GatehouseCommandLine.given(SHOP, "routes", "-f", "-");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).isEqualTo("""
                METHODS   HOST              PATH         CONDITIONS                              TARGET               NAME   PLACE
                ANY       –                 /old/**      priority 5                              redirect 308 → /new  –      stdin:12:5
                ANY       shop.example.com  /users/{id}  header X-Version: 2, client 10.0.0.0/8  respond 403          –      stdin:8:5
                GET POST  –                 /users/{id}  –                                       v1                   users  stdin:7:5
                ANY       –                 /**          –                                       v1 90, v2 10         –      stdin:5:5
                """);
    }

    @Test
    void scripts_get_the_same_as_json() {
        JsonNode routes = JsonMapper.shared()
                .readTree(GatehouseCommandLine.given(SHOP, "routes", "--json", "-f", "-").out());

        assertThat(routes.size()).isEqualTo(4);
        assertThat(routes.get(0).at("/target/redirect/to").asString()).isEqualTo("/new");
        assertThat(routes.get(0).get("priority").asInt()).isEqualTo(5);
        assertThat(routes.get(1).at("/match/headers/X-Version").asString()).isEqualTo("2");
        assertThat(routes.get(1).at("/target/respond/status").asInt()).isEqualTo(403);
        assertThat(routes.get(2).get("name").asString()).isEqualTo("users");
        assertThat(routes.get(2).get("methods").size()).isEqualTo(2);
        assertThat(routes.get(3).at("/target/services/v2").asInt()).isEqualTo(10);
        assertThat(routes.get(3).get("at").asString()).isEqualTo("stdin:5:5");
    }

    @Test
    void a_broken_file_has_no_routes_but_mistakes() {
        GatehouseCommandLine said = GatehouseCommandLine.given("""
                routes:
                  - { path: "/users/{id", respond: { status: 200 } }
                """, "routes", "-f", "-");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("error[GH1203]").contains("stdin:2:21").contains("'{' without its '}'");
    }
}
