package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.telemetry.ExchangeCounters;
import dev.gatehouse.engine.telemetry.LoopTelemetry;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;

/// The exchanges that come in through one listener on one event loop, and what they all follow. An exchange that ended
/// serves the next request, the last one first: its arrays are still in the cache.
public final class ExchangePool {
    private final Loop loop;
    private final SharedParts shared;
    private final List<Cidr> trustedProxies;
    private final boolean forwarded;
    private final boolean loopback;
    private final Reception reception;
    private final ExchangeCounters counters;
    private final LoopTelemetry telemetry;
    private final ArrayDeque<ExchangeDriver> free = new ArrayDeque<>();

    /// @param listener through which they come
    /// @param counters of this loop
    public ExchangePool(
            Loop loop,
            SharedParts shared,
            ListenerConfig listener,
            List<Cidr> trustedProxies,
            ExchangeCounters counters) {
        this.loop = loop;
        this.shared = shared;
        this.telemetry = shared.telemetry().on(loop.index());
        this.counters = counters;
        this.trustedProxies = trustedProxies;
        this.forwarded = listener.forwarding().forwarded();
        this.loopback = new InetSocketAddress(listener.bind(), 0).getAddress().isLoopbackAddress();
        this.reception = new Reception(listener, shared);
    }

    /// An exchange whose request is still to be read.
    public ExchangeDriver open() {
        ExchangeDriver driver = free.pollLast();
        return driver == null ? new ExchangeDriver(this) : driver;
    }

    void giveBack(ExchangeDriver driver) {
        free.addLast(driver);
    }

    ExchangeCounters counters() {
        return counters;
    }

    Loop loop() {
        return loop;
    }

    LiveRoutes routes() {
        return shared.routes();
    }

    SharedParts shared() {
        return shared;
    }

    LoopTelemetry telemetry() {
        return telemetry;
    }

    List<Cidr> trustedProxies() {
        return trustedProxies;
    }

    boolean sendsForwarded() {
        return forwarded;
    }

    boolean isLoopback() {
        return loopback;
    }

    /// What the listener says itself.
    Reception reception() {
        return reception;
    }
}
