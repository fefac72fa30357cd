package dev.gatehouse.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DemoInstanceTest {
    private Instant now = Instant.EPOCH;
    private final DemoInstance instance = new DemoInstance(
            "menu-2",
            request -> DemoAnswer.ok(new LinkedHashMap<>(Map.of("path", request.path()))),
            (InstantSource) () -> now,
            new Random(1));

    @Test
    void signs_what_it_answers() {
        DemoAnswer answer = instance.answer(DemoRequest.get("/menus/r42"));

        assertThat(answer.headers()).containsEntry("X-Instance", "menu-2");
        assertThat(answer.body()).containsEntry("path", "/menus/r42").containsEntry("instance", "menu-2");
    }

    @Test
    void fails_and_is_slow_with_its_health_check_until_the_time_is_over() {
        assertThat(tell("fail=100&slow=400&for=30000").status()).isEqualTo(200);

        DemoAnswer answer = instance.answer(DemoRequest.get("/menus/r42"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.after()).isEqualTo(Duration.ofMillis(400));
        assertThat(instance.answer(DemoRequest.get("/health")).status()).isEqualTo(503);

        now = now.plusSeconds(30);
        assertThat(instance.answer(DemoRequest.get("/menus/r42")).status()).isEqualTo(200);
        assertThat(instance.answer(DemoRequest.get("/health")).after()).isZero();
    }

    @Test
    void half_in_trouble_fails_about_half() {
        tell("fail=50&for=30000");

        long failed = 0;
        for (int i = 0; i < 1000; i++) {
            failed += instance.answer(DemoRequest.get("/menus/r42")).status() == 503 ? 1 : 0;
        }

        assertThat(failed).isBetween(400L, 600L);
    }

    @Test
    void refuses_what_is_no_trouble_and_goes_on_as_before() {
        assertThat(tell("fail=101&for=1").status()).isEqualTo(400);
        assertThat(tell("slow=99999999&for=1").status()).isEqualTo(400);
        assertThat(tell("for=3600001").status()).isEqualTo(400);
        assertThat(tell("nonsense").status()).isEqualTo(400);
        assertThat(instance.answer(DemoRequest.get(DemoInstance.TROUBLE)).status())
                .isEqualTo(405);

        assertThat(instance.answer(DemoRequest.get("/menus/r42")).status()).isEqualTo(200);
    }

    private DemoAnswer tell(String query) {
        return instance.answer(new DemoRequest("PUT", DemoInstance.TROUBLE, query, ""));
    }
}
