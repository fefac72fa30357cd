package dev.gatehouse.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.config.LoadBalancerConfig.Algorithm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a service's instances are chosen and watched, as the user says it.
class ServiceSettingsTest {
    @Test
    void an_algorithm_alone_is_a_word() {
        assertThat(LoadBalancerConfig.of("least_requests").algorithm()).isEqualTo(Algorithm.LEAST_REQUESTS);
        assertThatThrownBy(() -> LoadBalancerConfig.of("fastest"))
                .hasMessage("'fastest' is no way of balancing"
                        + " (expected: round_robin, least_requests, random_two, consistent_hash)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{header.x-user}",
                "{cookie.sid}",
                "{query.k}",
                "{client.ip}",
                "{tenant}",
                "a-{tenant}",
                "{jwt.sub}",
                "{consumer.id}"
            })
    void a_hash_goes_by_facts_of_the_request(String key) {
        assertThat(new LoadBalancerConfig(Algorithm.CONSISTENT_HASH, key, null).key())
                .isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"always", "", "{client.port}", "{heder.x}", "{header.x", "{}"})
    void any_other_key_is_refused(String key) {
        assertThatThrownBy(() -> new LoadBalancerConfig(Algorithm.CONSISTENT_HASH, key, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_belongs_to_a_hash_and_a_hash_needs_one() {
        assertThatThrownBy(() -> new LoadBalancerConfig(Algorithm.CONSISTENT_HASH, null, null))
                .hasMessageStartingWith("key: missing");
        assertThatThrownBy(() -> new LoadBalancerConfig(Algorithm.RANDOM_TWO, "{client.ip}", null))
                .hasMessage("key: random_two has no use for a key");
    }

    @ParameterizedTest
    @CsvSource({"200, 200, 200", "2xx, 200, 299", "200-204, 200, 204", "' 302 - 304 ', 302, 304"})
    void statuses_are_written_in_three_ways(String text, int first, int last) {
        assertThat(StatusRange.of(text)).isEqualTo(new StatusRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "2x", "xxx", "99", "600", "299-200", "-200", ""})
    void anything_else_is_no_status(String text) {
        assertThatThrownBy(() -> StatusRange.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_check_passes_with_any_status_that_is_expected() {
        HealthCheckConfig config = new HealthCheckConfig(
                "/up",
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                2,
                3,
                List.of("204", "300-302"),
                PassiveHealthConfig.DEFAULT);
        assertThat(config.expects(204)).isTrue();
        assertThat(config.expects(301)).isTrue();
        assertThat(config.expects(200)).isFalse();
        assertThat(HealthCheckConfig.DEFAULT.expects(299)).isTrue();
    }

    @Test
    void a_bound_that_is_broken_is_named() {
        assertThatThrownBy(() -> new InstanceConfig("http://a", 0, false))
                .hasMessage("weight: 0 (expected: 1 to 1000)");
        assertThatThrownBy(() -> HealthCheckConfig.of("health"))
                .hasMessage("path: 'health' (expected: a path like /health)");
        assertThatThrownBy(() -> HealthCheckConfig.of("/a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HealthCheckConfig.DEFAULT.withThresholds(0, 1))
                .hasMessage("healthy_after: 0 (expected: 1 to 100)");
        assertThatThrownBy(() -> PassiveHealthConfig.DEFAULT.withEjectFor(Duration.ofHours(1)))
                .hasMessage("eject_for: 3600000ms (expected: 100ms to 300000ms)");
        assertThatThrownBy(() -> StickyConfig.of("a b")).hasMessageStartingWith("cookie: 'a b'");
    }

    @Test
    void the_same_address_twice_is_a_mistake() {
        assertThatThrownBy(() -> new ServiceConfig(
                        "shop",
                        List.of(InstanceConfig.of("http://a:80"), InstanceConfig.of("a")),
                        LoadBalancerConfig.DEFAULT,
                        HealthCheckConfig.DEFAULT,
                        TimeoutConfig.DEFAULT,
                        ServiceConnectionsConfig.DEFAULT))
                .hasMessageContaining("a is there twice");
    }

    @Test
    void a_secret_is_not_shown() {
        assertThat(new StickyConfig("gh", null, "hush")).asString().doesNotContain("hush");
    }
}
