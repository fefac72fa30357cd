package dev.gatehouse.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import dev.gatehouse.testkit.tls.TestAuthority;
import dev.gatehouse.testkit.tls.TestCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RenewalScheduleTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void is_when_the_share_of_the_life_is_left_give_or_take_a_tenth() {
        IssuedCertificate certificate = certificate(Duration.ofDays(90));
        SplittableRandom chance = new SplittableRandom(7);
        TreeSet<Instant> renewals = new TreeSet<>();
        for (int i = 0; i < 1000; i++) {
            renewals.add(new RenewalSchedule(1.0 / 3).renewal(certificate, chance));
        }

        // 30 days left, 27 to 33 by chance.
        assertThat(renewals.first())
                .isBetween(BEGIN.plus(Duration.ofDays(57)), BEGIN.plus(Duration.ofHours(57 * 24 + 2)));
        assertThat(renewals.last())
                .isBetween(BEGIN.plus(Duration.ofHours(63 * 24 - 2)), BEGIN.plus(Duration.ofDays(63)));
    }

    @Test
    void follows_short_lives_too() {
        Instant renewal =
                new RenewalSchedule(0.5).renewal(certificate(Duration.ofMinutes(10)), new SplittableRandom(7));

        assertThat(renewal).isBetween(BEGIN.plusSeconds(270), BEGIN.plusSeconds(330));
    }

    private static IssuedCertificate certificate(Duration life) {
        TestCertificate made = TestAuthority.create()
                .certificate("shop")
                .hosts("shop.example")
                .valid(BEGIN, BEGIN.plus(life))
                .issue();
        return new IssuedCertificate(made.key(), made.chain());
    }
}
