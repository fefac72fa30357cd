package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Policy;
import dev.gatehouse.engine.config.ErrorsConfig;
import dev.gatehouse.engine.config.ErrorsConfig.FromServices;
import dev.gatehouse.engine.net.Cidr;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.telemetry.ExchangeCounters;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The exchanges of one event loop, and what they all follow. An exchange that ended serves the next request, the
/// last one first: its arrays are still in the cache.
public final class ExchangePool {
    private final Loop loop;
    private final Target target;
    private final List<Policy> policies;
    private final List<Cidr> trustedProxies;
    private final long bodyLimit;
    private final @Nullable Readiness health;
    private final ErrorBody errorBodies;
    private final @Nullable ServiceErrors serviceErrors;
    private final ExchangeCounters counters = new ExchangeCounters();
    private final ArrayDeque<ExchangeDriver> free = new ArrayDeque<>();

    /// @param bodyLimit the largest request body in octets; 0 for none
    /// @param errors how clients are told that they were not served
    /// @param loopback whether clients can come from this machine only
    /// @param health answers `/health/live` and `/health/ready` when it is there
    public ExchangePool(
            Loop loop,
            Target target,
            List<Policy> policies,
            List<Cidr> trustedProxies,
            long bodyLimit,
            ErrorsConfig errors,
            boolean loopback,
            @Nullable Readiness health) {
        this.loop = loop;
        this.target = target;
        this.policies = List.copyOf(policies);
        this.trustedProxies = trustedProxies;
        this.bodyLimit = bodyLimit == 0 ? Long.MAX_VALUE : bodyLimit;
        this.errorBodies = new ErrorBody(errors, loopback);
        this.serviceErrors = errors.fromServices() == FromServices.STANDARD ? new ServiceErrors(errorBodies) : null;
        this.health = health;
    }

    /// An exchange whose request is still to be read.
    public ExchangeDriver open() {
        ExchangeDriver driver = free.pollLast();
        return driver == null ? new ExchangeDriver(this) : driver;
    }

    void giveBack(ExchangeDriver driver) {
        free.addLast(driver);
    }

    public ExchangeCounters counters() {
        return counters;
    }

    Loop loop() {
        return loop;
    }

    Target target() {
        return target;
    }

    List<Policy> policies() {
        return policies;
    }

    List<Cidr> trustedProxies() {
        return trustedProxies;
    }

    long bodyLimit() {
        return bodyLimit;
    }

    ErrorBody errorBodies() {
        return errorBodies;
    }

    /// Puts errors of services into the standard form; null when they pass as they are.
    @Nullable
    ServiceErrors serviceErrors() {
        return serviceErrors;
    }

    @Nullable
    Readiness health() {
        return health;
    }
}
