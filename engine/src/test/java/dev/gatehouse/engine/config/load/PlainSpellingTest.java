package dev.gatehouse.engine.config.load;

import static dev.gatehouse.engine.config.load.Loading.config;
import static dev.gatehouse.engine.config.load.Loading.load;
import static dev.gatehouse.engine.config.load.Loading.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.RouteTarget;
import dev.gatehouse.engine.config.load.SampleFeatures.StampConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The spelling people know from articles, each form once.
class PlainSpellingTest {
    @Test
    void a_map_at_the_top_with_instances_is_a_service() {
        GatewayConfig config = config("""
            routes: [ { path: /**, service: user-service } ]
            user-service:
              instances: [ 127.0.0.1:8081, 127.0.0.1:8082 ]
              load_balancer: round_robin
            """);

        assertThat(config.services().get("user-service").instances()).hasSize(2);
    }

    @Test
    void a_service_at_the_top_and_one_of_its_name_under_services_are_two() {
        assertThat(mistakes("""
            users: { instances: [ 127.0.0.1:8081 ] }
            services: { users: { instances: [ 127.0.0.1:8082 ] } }
            routes: [ { path: /**, service: users } ]
            """)).containsExactly("GH1006 ");
    }

    @Test
    void a_url_on_a_route_is_an_anonymous_service_called_by_its_authority() {
        GatewayConfig config = config("""
            routes:
              - { path: /a, service: "http://localhost:3000" }
              - { path: /b, service: "http://localhost:3000" }
              - { path: /c, service: { "http://[::1]:3001": 1, "http://10.0.0.1": 1 } }
            """);

        assertThat(config.services()).containsOnlyKeys("localhost:3000", "[::1]:3001", "10.0.0.1");
        assertThat(config.services().get("localhost:3000").name())
                .as("what clients are told")
                .isEqualTo("The service");
        assertThat(((RouteTarget.ToServices) config.routes().get(1).target())
                        .shares()
                        .getFirst()
                        .service())
                .isEqualTo("localhost:3000");
    }

    @Test
    void a_route_without_a_path_is_for_all_and_a_path_may_end_in_either_star() {
        GatewayConfig config = config("""
            routes:
              - { respond: 404 }
              - { path: /x/*, respond: 204 }
              - { path: /y/**, respond: 204 }
            """);

        assertThat(config.routes()).extracting(route -> route.path()).containsExactly("/**", "/x/*", "/y/**");
    }

    @Test
    void sections_at_the_top_are_defaults_or_policies() {
        assertThat(mistakes("""
            compression: { enabled: true }
            circuit_breaker: { timeout: 30000 }
            caching: { users: { ttl: 300 } }
            routes: [ { respond: 404 } ]
            """))
                .as("this version does not have them yet, wherever they stand")
                .containsExactly("GH1004 defaults.compression", "GH1004 defaults.circuit_breaker", "GH1004 policies");
    }

    @ParameterizedTest
    @CsvSource({"cors, cors", "rate_limiting, rate_limit"})
    void a_section_at_the_top_reaches_the_slot_of_its_policy(String section, String slot) {
        Loaded loaded = load("""
            %s: { text: hello }
            routes: [ { respond: 204 } ]
            """.formatted(section), Loading.PLAIN.withExtensions(SampleFeatures.slot(slot)));

        assertThat(config(loaded).routes().getFirst().policies().get(slot).config())
                .isEqualTo(new StampConfig("hello", 1));
    }
}
