package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.RedirectConfig;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.redirect.RedirectTarget;
import dev.gatehouse.engine.telemetry.ExchangeCounters;
import dev.gatehouse.engine.telemetry.LoopTelemetry;
import dev.gatehouse.engine.tls.ClientBoundaries;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The exchanges that come in through one listener on one event loop, and what they all follow. An exchange that ended
/// serves the next request, the last one first: its arrays are still in the cache.
public final class ExchangePool {
    private final Loop loop;
    private final SharedParts shared;
    private final List<Cidr> trustedProxies;
    private final boolean forwarded;
    private final boolean loopback;
    private final long bodyLimit;
    private final @Nullable Readiness health;
    private final @Nullable Target redirect;
    private final ClientBoundaries boundaries;
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
        long body = listener.limits().body();
        this.bodyLimit = body == 0 ? Long.MAX_VALUE : body;
        this.boundaries = ClientBoundaries.of(listener.tls());
        this.health = listener.health() ? shared.readiness() : null;
        this.redirect = switch (listener.redirectTo()) {
            case null -> null;
            case HTTPS -> RedirectTarget.of(RedirectConfig.toHttps(listener.redirectPort()));
        };
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

    /// Which of its hosts ask for the same client certificates.
    ClientBoundaries boundaries() {
        return boundaries;
    }

    long bodyLimit() {
        return bodyLimit;
    }

    @Nullable
    Readiness health() {
        return health;
    }

    /// Who answers whatever comes in here, when the listener sends everybody elsewhere; null when the routes say.
    @Nullable
    Target redirect() {
        return redirect;
    }
}
