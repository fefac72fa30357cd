package dev.gatehouse.it.acme;

import dev.gatehouse.acme.IssuerClock;
import java.time.Duration;
import java.time.Instant;

/// The real time of day, moved on at will: who waits for a time wakes up when it has come.
final class MovedIssuerClock implements IssuerClock {
    private Duration ahead = Duration.ZERO;

    @Override
    public synchronized Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public synchronized void pause(Duration time) throws InterruptedException {
        Instant end = instant().plus(time);
        while (instant().isBefore(end)) {
            wait(Math.max(1, Duration.between(instant(), end).toMillis()));
        }
    }

    synchronized void moveOn(Duration time) {
        ahead = ahead.plus(time);
        notifyAll();
    }
}
