package dev.gatehouse.engine.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.config.InstanceConfig;
import dev.gatehouse.engine.config.LoadBalancerConfig;
import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.ServiceConnectionsConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.net.IpAddress;
import dev.gatehouse.engine.service.InstanceState.Health;
import dev.gatehouse.engine.service.InstanceStatus.Word;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The set of instances, and what about them outlives a reload.
class ServiceTest {
    private final InstanceStates states = new InstanceStates(1);
    private long now;

    @Test
    void instances_given_by_address_are_there_at_once_and_names_are_looked_up_by_somebody() {
        Service service = service("http://10.0.0.1:8080", "http://menus:8080", "http://[::1]:8080");
        assertThat(service.instances()).hasToString("[10.0.0.1:8080, [::1]:8080]");
        assertThat(service.names()).containsExactly("menus");
    }

    @Test
    void a_name_stands_for_all_its_addresses_in_the_place_where_it_was_written() {
        Service service = service("http://10.0.0.1", "http://menus", "http://10.0.0.9");
        service.resolved("menus", addresses("10.0.0.2", "fd00::2"));
        assertThat(service.instances()).hasToString("[10.0.0.1:80, 10.0.0.2:80, [fd00::2]:80, 10.0.0.9:80]");
        assertThat(service.instances().get(1).authority()).asString().isEqualTo("menus");
    }

    @Test
    void an_instance_that_stays_is_the_same_object_and_one_that_left_says_so() {
        Service service = service("http://menus");
        service.resolved("menus", addresses("10.0.0.1", "10.0.0.2"));
        Instance one = service.instances().get(0);
        Instance two = service.instances().get(1);

        service.resolved("menus", addresses("10.0.0.3", "10.0.0.1"));

        assertThat(service.instances()).hasSize(2).contains(one);
        assertThat(one.isGone()).isFalse();
        assertThat(two.isGone()).isTrue();
        assertThat(service.instances().getFirst().slot()).isNotEqualTo(one.slot());
        assertThat(service.candidates(now).size()).isEqualTo(2);
    }

    @Test
    void the_same_addresses_in_another_order_are_no_news() {
        Service service = service("http://menus");
        service.resolved("menus", addresses("10.0.0.1", "10.0.0.2"));
        List<Instance> before = service.instances();
        int[] news = {0};
        service.watch(() -> news[0]++);
        service.resolved("menus", addresses("10.0.0.2", "10.0.0.1"));
        assertThat(service.instances()).isSameAs(before);
        assertThat(news[0]).isZero();
    }

    @Test
    void two_entries_that_lead_to_the_same_address_are_one_instance() {
        Service service = service("http://10.0.0.1", "http://menus");
        service.resolved("menus", addresses("10.0.0.1"));
        assertThat(service.instances()).hasToString("[10.0.0.1:80]");
    }

    @Test
    void backups_are_used_only_when_no_primary_is_left() {
        Service service = service(
                InstanceConfig.of("http://10.0.0.1"),
                InstanceConfig.of("http://10.0.0.2"),
                new InstanceConfig("http://10.0.0.3", 1, true));
        assertThat(usable(service)).isEqualTo("10.0.0.1:80 10.0.0.2:80");
        service.instances().get(0).state().health(Health.DOWN);
        assertThat(usable(service)).isEqualTo("10.0.0.2:80");
        service.instances().get(1).state().health(Health.DOWN);
        assertThat(usable(service)).isEqualTo("10.0.0.3:80");
        service.instances().get(1).state().health(Health.UP);
        assertThat(usable(service)).isEqualTo("10.0.0.2:80");
        assertThat(service.status(now))
                .extracting(InstanceStatus::state)
                .containsExactly(Word.DOWN, Word.UP, Word.BACKUP);
    }

    @Test
    void nobody_is_left_when_all_are_down() {
        Service service = service("http://10.0.0.1", "http://10.0.0.2");
        service.instances().forEach(instance -> instance.state().health(Health.DOWN));
        assertThat(service.candidates(now).isEmpty()).isTrue();
    }

    @Test
    void a_drained_instance_gets_nothing_until_its_time_is_over() {
        Service service = service("http://10.0.0.1", "http://10.0.0.2");
        InstanceState state = service.instances().getFirst().state();
        state.drain(Duration.ofMinutes(10), now);
        assertThat(usable(service)).isEqualTo("10.0.0.2:80");
        assertThat(service.status(now).getFirst().state()).isEqualTo(Word.DRAINED);
        assertThat(service.status(now).getFirst().reason()).isEqualTo("by an operator, back in 600 s");
        now += Duration.ofMinutes(10).toNanos();
        assertThat(usable(service)).isEqualTo("10.0.0.1:80 10.0.0.2:80");

        state.drain(null, now);
        now += Duration.ofDays(1000).toNanos();
        assertThat(usable(service)).isEqualTo("10.0.0.2:80");
        state.undrain();
        assertThat(usable(service)).isEqualTo("10.0.0.1:80 10.0.0.2:80");
    }

    @Test
    void a_reload_finds_every_instance_as_it_was() {
        Service before = service("http://10.0.0.1", "http://10.0.0.2", "http://10.0.0.3");
        before.instances().get(0).state().health(Health.DOWN);
        before.instances()
                .get(1)
                .state()
                .eject("5×503", false, Duration.ofSeconds(30).toNanos(), now);
        before.instances().get(2).state().begin(0);

        Service after = service(
                new InstanceConfig("http://10.0.0.2", 7, false),
                InstanceConfig.of("http://10.0.0.3"),
                InstanceConfig.of("http://10.0.0.1"),
                InstanceConfig.of("http://10.0.0.4"));
        before.close();

        assertThat(after.status(now))
                .extracting(InstanceStatus::state)
                .containsExactly(Word.EJECTED, Word.UNKNOWN, Word.DOWN, Word.UNKNOWN);
        assertThat(usable(after)).isEqualTo("10.0.0.3:80 10.0.0.4:80");
        assertThat(after.instances().get(1).state().inFlight()).isOne();
        // What the old snapshot's exchanges still learn is known to the new one.
        before.instances().get(2).state().health(Health.DOWN);
        assertThat(usable(after)).isEqualTo("10.0.0.4:80");
    }

    @Test
    void a_state_that_nobody_names_is_forgotten() {
        Service before = service("http://10.0.0.1", "http://10.0.0.2");
        Service after = service("http://10.0.0.2");
        assertThat(states.size()).isEqualTo(2);
        before.close();
        assertThat(states.size()).isOne();
        after.close();
        after.close();
        assertThat(states.size()).isZero();
    }

    @Test
    void a_service_that_comes_back_finds_its_instances_as_they_were_until_the_last_of_its_kind_has_closed() {
        Service first = service("http://10.0.0.1");
        InstanceState state = first.instances().getFirst().state();
        // Left out of one configuration and back with the next, while requests of the first are still under way.
        Service second = service("http://10.0.0.1");
        first.close();
        assertThat(second.instances().getFirst().state()).isSameAs(state);

        second.close();
        assertThat(states.size()).isZero();
        assertThat(service("http://10.0.0.1").instances().getFirst().state()).isNotSameAs(state);
    }

    @Test
    void a_service_that_takes_anothers_place_starts_with_the_addresses_it_found() {
        Service before = service("http://menus:80", "http://10.0.0.9");
        before.resolved("menus", addresses("10.0.0.1"));
        Service after = service("http://menus:8080", "http://orders:80");
        after.adopt(before);
        assertThat(after.instances()).hasToString("[10.0.0.1:8080]");
    }

    @Test
    void a_watcher_hears_of_every_change() {
        Service service = service("http://10.0.0.1", "http://menus");
        int[] changes = {0};
        Runnable watcher = () -> changes[0]++;
        service.watch(watcher);
        service.resolved("menus", addresses("10.0.0.2"));
        service.instances().get(1).state().health(Health.DOWN);
        assertThat(changes[0]).isEqualTo(2);
        service.unwatch(watcher);
        service.resolved("menus", List.of());
        assertThat(changes[0]).isEqualTo(2);
    }

    private Service service(String... urls) {
        return service(Arrays.stream(urls).map(InstanceConfig::of).toArray(InstanceConfig[]::new));
    }

    private Service service(InstanceConfig... instances) {
        return new Service(
                "shop",
                new ServiceConfig(
                        "shop",
                        List.of(instances),
                        LoadBalancerConfig.DEFAULT,
                        HealthCheckConfig.DEFAULT,
                        TimeoutConfig.DEFAULT,
                        ServiceConnectionsConfig.DEFAULT),
                states,
                () -> now);
    }

    private String usable(Service service) {
        Candidates candidates = service.candidates(now);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < candidates.size(); i++) {
            text.append(i == 0 ? "" : " ").append(candidates.get(i));
        }
        return text.toString();
    }

    private static List<InetAddress> addresses(String... texts) {
        return Arrays.stream(texts).map(IpAddress::parse).toList();
    }
}
