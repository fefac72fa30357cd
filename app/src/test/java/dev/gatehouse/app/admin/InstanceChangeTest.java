package dev.gatehouse.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InstanceChangeTest {
    @Test
    void an_instance_is_drained_for_a_time_or_until_told_otherwise() {
        assertThat(InstanceChange.read("{\"state\":\"drained\",\"for\":\"10m\"}"))
                .isEqualTo(new InstanceChange.Drain(Duration.ofMinutes(10)));
        assertThat(InstanceChange.read("{\"state\":\"drained\",\"for\":\"30d\"}"))
                .isEqualTo(new InstanceChange.Drain(Duration.ofDays(30)));
        assertThat(InstanceChange.read("{\"state\":\"drained\"}")).isEqualTo(new InstanceChange.Drain(null));
        assertThat(InstanceChange.read("{\"state\":\"drained\",\"for\":null}"))
                .isEqualTo(new InstanceChange.Drain(null));
        assertThat(InstanceChange.read("{\"state\":\"active\"}")).isEqualTo(new InstanceChange.Restore());
    }

    @Test
    void anything_else_is_refused_with_what_was_found_and_what_was_expected() {
        refuses("", "state");
        refuses("{\"state\":", "not JSON");
        refuses("{\"state\":\"drained\"} {}", "not JSON");
        refuses("{\"state\":\"drained\",\"state\":\"active\"}", "not JSON");
        refuses("[".repeat(5000), "not JSON");
        refuses("[]", "{\"state\": \"drained\"");
        refuses("{}", "\"drained\" or \"active\"");
        refuses("{\"state\":\"dranied\"}", "\"dranied\"");
        refuses("{\"state\":1}", "\"drained\" or \"active\"");
        refuses("{\"state\":\"active\",\"for\":\"10m\"}", "'for' belongs to state 'drained'");
        refuses("{\"sate\":\"drained\"}", "did you mean 'state'?");
        refuses("{\"state\":\"drained\",\"weight\":0}", "unknown key 'weight' (expected: state, for)");
    }

    @Test
    void a_time_has_a_unit_and_an_end() {
        for (String time :
                new String[] {"\"10\"", "10", "\"0s\"", "\"31d\"", "\"-1m\"", "\"9999999999d\"", "\"1.5h\"", "{}"}) {
            refuses("{\"state\":\"drained\",\"for\":" + time + "}", "for: " + time + " (expected: a time up to 30d");
        }
    }

    private static void refuses(String body, String saying) {
        assertThat(InstanceChange.read(body))
                .isInstanceOfSatisfying(
                        InstanceChange.Refused.class,
                        refused -> assertThat(refused.why()).contains(saying));
    }
}
