package dev.gatehouse.engine.exchange;

/// Whether the gateway wants new clients. Set by whoever starts and stops it, read on every loop.
public final class Readiness {
    private volatile boolean ready;

    public boolean isReady() {
        return ready;
    }

    public void set(boolean wanted) {
        ready = wanted;
    }
}
