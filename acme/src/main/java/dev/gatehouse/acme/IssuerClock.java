package dev.gatehouse.acme;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The time of day, and waiting for it. Tests have one they move.
public interface IssuerClock extends InstantSource {
    IssuerClock SYSTEM = new IssuerClock() {
        @Override
        public Instant instant() {
            return Instant.now();
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            Thread.sleep(time);
        }
    };

    /// Returns when so much time has gone by. Blocks: for virtual threads.
    void pause(Duration time) throws InterruptedException;
}
