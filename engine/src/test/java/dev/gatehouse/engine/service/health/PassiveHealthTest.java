package dev.gatehouse.engine.service.health;

import static dev.gatehouse.engine.service.health.AttemptOutcome.ANSWERED;
import static dev.gatehouse.engine.service.health.AttemptOutcome.BROKEN_ANSWER;
import static dev.gatehouse.engine.service.health.AttemptOutcome.CONNECT_FAILED;
import static dev.gatehouse.engine.service.health.AttemptOutcome.ERROR_STATUS;
import static dev.gatehouse.engine.service.health.AttemptOutcome.NOTHING;
import static dev.gatehouse.engine.service.health.AttemptOutcome.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.config.InstanceConfig;
import dev.gatehouse.engine.config.LoadBalancerConfig;
import dev.gatehouse.engine.config.PassiveHealthConfig;
import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.ServiceConnectionsConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.service.Candidates;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.InstanceState.Health;
import dev.gatehouse.engine.service.InstanceStates;
import dev.gatehouse.engine.service.InstanceStatus;
import dev.gatehouse.engine.service.InstanceStatus.Word;
import dev.gatehouse.engine.service.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Instances a, b, c, … of a service, attempts reported by hand, on a clock the test moves.
class PassiveHealthTest {
    private static final PassiveHealthConfig DEFAULT = PassiveHealthConfig.DEFAULT;

    private final InstanceStates states = new InstanceStates(1);
    private long now = 1_000_000_000_000L;

    // ── out

    @Test
    void an_instance_that_cannot_be_reached_three_times_in_a_row_is_out_by_default() {
        Service service = service(3, DEFAULT);
        report(service, 0, CONNECT_FAILED, 2);
        assertThat(usable(service)).isEqualTo("abc");
        report(service, 0, CONNECT_FAILED, 1);
        assertThat(usable(service)).isEqualTo("bc");
        assertThat(status(service, 0).state()).isEqualTo(Word.EJECTED);
        assertThat(status(service, 0).reason()).isEqualTo("3×no connection, back in 10 s");
    }

    @Test
    void late_and_broken_answers_count_like_no_connection() {
        Service service = service(2, DEFAULT);
        report(service, 1, TIMED_OUT, 1);
        report(service, 1, BROKEN_ANSWER, 1);
        report(service, 1, TIMED_OUT, 1);
        assertThat(usable(service)).isEqualTo("a");
    }

    @Test
    void a_success_in_between_begins_the_row_anew() {
        Service service = service(2, DEFAULT.withConsecutive5xx(2));
        for (int i = 0; i < 10; i++) {
            report(service, 0, CONNECT_FAILED, 2);
            report(service, 0, ERROR_STATUS, 1);
            report(service, 0, ANSWERED, 1);
        }
        assertThat(usable(service)).isEqualTo("ab");
    }

    @Test
    void answers_with_500_count_only_when_asked_for() {
        Service lenient = service(2, DEFAULT);
        report(lenient, 0, ERROR_STATUS, 100);
        assertThat(usable(lenient)).isEqualTo("ab");

        Service strict = service(2, DEFAULT.withConsecutive5xx(5));
        report(strict, 0, ERROR_STATUS, 4);
        assertThat(usable(strict)).isEqualTo("ab");
        report(strict, 0, ERROR_STATUS, 1);
        assertThat(usable(strict)).isEqualTo("b");
        assertThat(status(strict, 0).reason()).isEqualTo("5×503, back in 10 s");
    }

    @Test
    void a_rate_of_errors_says_nothing_before_there_are_enough_requests() {
        Service service = service(2, DEFAULT.withErrorRate(50, 10));
        for (int i = 0; i < 4; i++) {
            report(service, 0, ERROR_STATUS, 1);
            report(service, 0, ANSWERED, 1);
        }
        report(service, 0, ANSWERED, 1);
        assertThat(usable(service)).isEqualTo("ab");
        report(service, 0, ERROR_STATUS, 1);
        assertThat(usable(service)).isEqualTo("b");
        assertThat(status(service, 0).reason()).startsWith("50 % of 10 requests failed");
    }

    @Test
    void errors_that_are_older_than_the_window_are_forgotten() {
        Service service = service(2, DEFAULT.withErrorRate(50, 10));
        for (int i = 0; i < 9; i++) {
            report(service, 0, ERROR_STATUS, 1);
        }
        pass(Duration.ofSeconds(11));
        report(service, 0, ERROR_STATUS, 5);
        assertThat(usable(service)).isEqualTo("ab");
    }

    // ── never too many

    @Test
    void no_more_than_the_cap_are_out() {
        Service service = service(5, DEFAULT.withMaxEjectedPercent(40));
        for (int i = 0; i < 5; i++) {
            report(service, i, CONNECT_FAILED, 10);
        }
        assertThat(usable(service)).isEqualTo("cde");
    }

    @Test
    void one_may_always_be_out_unless_the_cap_is_0() {
        Service few = service(3, DEFAULT.withMaxEjectedPercent(1));
        report(few, 0, CONNECT_FAILED, 3);
        report(few, 1, CONNECT_FAILED, 3);
        assertThat(usable(few)).isEqualTo("bc");

        Service none = service(3, DEFAULT.withMaxEjectedPercent(0));
        report(none, 0, CONNECT_FAILED, 3);
        assertThat(usable(none)).isEqualTo("abc");
    }

    @Test
    void the_last_that_could_be_used_is_never_out() {
        Service alone = service(1, DEFAULT.withMaxEjectedPercent(100));
        report(alone, 0, CONNECT_FAILED, 50);
        assertThat(usable(alone)).isEqualTo("a");

        Service three = service(3, DEFAULT.withMaxEjectedPercent(100));
        three.instances().get(1).state().health(Health.DOWN);
        three.instances().get(2).state().drain(null, now);
        report(three, 0, CONNECT_FAILED, 50);
        assertThat(usable(three)).isEqualTo("a");
    }

    @Test
    void when_the_others_go_down_later_an_instance_that_is_out_is_better_than_none() {
        Service two = service(2, DEFAULT);
        report(two, 0, CONNECT_FAILED, 3);
        assertThat(usable(two)).isEqualTo("b");
        two.instances().get(1).state().health(Health.DOWN);
        assertThat(usable(two)).isEqualTo("a");
        two.instances().get(0).state().health(Health.DOWN);
        assertThat(usable(two)).isEmpty();
    }

    // ── and back

    @Test
    void after_its_time_one_request_tries_an_instance_and_only_one() {
        Service service = service(2, DEFAULT);
        Instance a = service.instances().getFirst();
        report(service, 0, CONNECT_FAILED, 3);
        pass(Duration.ofMillis(9_999));
        assertThat(usable(service)).isEqualTo("b");
        pass(Duration.ofMillis(1));
        assertThat(usable(service)).isEqualTo("ab");

        a.state().begin(0);
        assertThat(usable(service)).isEqualTo("b");
        assertThat(status(service, 0).reason()).isEqualTo("3×no connection, on trial");

        passive(service).report(a, ANSWERED, 200, now);
        a.state().end(0);
        assertThat(usable(service)).isEqualTo("ab");
        assertThat(status(service, 0).state()).isEqualTo(Word.UP);
    }

    @Test
    void a_trial_that_says_nothing_is_followed_by_another() {
        Service service = service(2, DEFAULT);
        Instance a = service.instances().getFirst();
        report(service, 0, TIMED_OUT, 3);
        pass(Duration.ofSeconds(10));
        a.state().begin(0);
        passive(service).report(a, NOTHING, 0, now);
        a.state().end(0);
        assertThat(usable(service)).isEqualTo("ab");
    }

    @Test
    void each_trial_that_fails_doubles_the_time_up_to_five_minutes() {
        Service service = service(2, DEFAULT);
        Instance a = service.instances().getFirst();
        report(service, 0, CONNECT_FAILED, 3);
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            long began = now;
            while (usable(service).equals("b")) {
                pass(Duration.ofSeconds(1));
            }
            seconds.add((now - began) / 1_000_000_000L);
            a.state().begin(0);
            passive(service).report(a, CONNECT_FAILED, 0, now);
            a.state().end(0);
        }
        assertThat(seconds).containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L);
    }

    @Test
    void an_instance_that_has_been_back_for_long_enough_begins_anew() {
        Service service = service(2, DEFAULT);
        Instance a = service.instances().getFirst();
        report(service, 0, CONNECT_FAILED, 3);
        assertThat(a.state().readmit(now)).isNotNull();
        report(service, 0, CONNECT_FAILED, 3);
        assertThat(status(service, 0).reason()).endsWith("back in 20 s");
        assertThat(a.state().readmit(now)).isNotNull();
        pass(Duration.ofSeconds(21));
        report(service, 0, CONNECT_FAILED, 3);
        assertThat(status(service, 0).reason()).endsWith("back in 10 s");
    }

    @Test
    void a_check_that_reaches_it_ends_the_time_of_one_that_could_not_be_reached_only() {
        Service service = service(4, DEFAULT.withConsecutive5xx(3));
        report(service, 0, CONNECT_FAILED, 3);
        report(service, 1, ERROR_STATUS, 3);
        assertThat(usable(service)).isEqualTo("cd");
        PassiveHealth passive = passive(service);
        passive.reachable(service.instances().get(0), now);
        passive.reachable(service.instances().get(1), now);
        assertThat(usable(service)).isEqualTo("acd");
    }

    @Test
    void stragglers_change_nothing_about_an_instance_that_is_out() {
        Service service = service(2, DEFAULT);
        report(service, 0, TIMED_OUT, 3);
        report(service, 0, ANSWERED, 5);
        assertThat(usable(service)).isEqualTo("b");
        report(service, 0, TIMED_OUT, 50);
        assertThat(status(service, 0).reason()).endsWith("back in 10 s");
    }

    private Service service(int count, PassiveHealthConfig passive) {
        List<InstanceConfig> instances = IntStream.range(0, count)
                .mapToObj(i -> InstanceConfig.of("http://10.0.0." + (i + 1)))
                .toList();
        return new Service(
                "shop-" + states.size(),
                new ServiceConfig(
                        "Shop",
                        instances,
                        LoadBalancerConfig.DEFAULT,
                        HealthCheckConfig.DEFAULT.withPassive(passive),
                        TimeoutConfig.DEFAULT,
                        ServiceConnectionsConfig.DEFAULT),
                states,
                () -> now);
    }

    private static PassiveHealth passive(Service service) {
        return new PassiveHealth(service);
    }

    private void report(Service service, int instance, AttemptOutcome outcome, int times) {
        PassiveHealth passive = passive(service);
        for (int i = 0; i < times; i++) {
            passive.report(service.instances().get(instance), outcome, outcome == ERROR_STATUS ? 503 : 0, now);
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private InstanceStatus status(Service service, int instance) {
        return service.status(now).get(instance);
    }

    private String usable(Service service) {
        Candidates candidates = service.candidates(now);
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < candidates.size(); i++) {
            names.append((char) ('a' + service.instances().indexOf(candidates.get(i))));
        }
        return names.toString();
    }
}
