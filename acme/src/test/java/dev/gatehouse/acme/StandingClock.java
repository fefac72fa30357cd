package dev.gatehouse.acme;

import java.time.Duration;
import java.time.Instant;

/// Time that goes by only when it is waited for, or moved.
final class StandingClock implements IssuerClock {
    private Instant now;

    StandingClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void pause(Duration time) {
        now = now.plus(time);
    }

    void moveTo(Instant then) {
        now = then;
    }
}
