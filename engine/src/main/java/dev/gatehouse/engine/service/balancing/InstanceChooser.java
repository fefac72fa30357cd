package dev.gatehouse.engine.service.balancing;

import dev.gatehouse.api.template.Facts;
import dev.gatehouse.engine.config.LoadBalancerConfig;
import dev.gatehouse.engine.service.Candidates;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Says which instance of a service an attempt goes to, as the user's settings want it. One for each loop and service,
/// on that loop's thread only.
public final class InstanceChooser {
    private final Service service;
    private final LoadBalancer balancer;
    private final @Nullable RequestKey key;
    private final @Nullable StickyCookie sticky;

    /// @param loop its loop's number
    /// @param random of that loop
    public InstanceChooser(Service service, int loop, RandomGenerator random) {
        LoadBalancerConfig config = service.loadBalancer();
        this.service = service;
        this.balancer = LoadBalancer.of(config, loop, random);
        this.key = config.key() == null ? null : new RequestKey(config.key());
        this.sticky = config.sticky() == null ? null : new StickyCookie(config.sticky(), service.key());
    }

    /// What the request is to be kept together by: for [#choose].
    public long key(Facts facts) {
        return key == null ? 0 : key.of(facts);
    }

    /// The instance the client's cookie leads to; null when there is none, or none that can be used.
    public @Nullable Instance led(Facts facts, long now) {
        return sticky == null ? null : sticky.find(facts, service.candidates(now));
    }

    /// The instance for the next attempt; null when there is none left.
    ///
    /// @param now in nanoseconds of the gateway's clock
    public @Nullable Instance choose(Tried tried, long key, long now) {
        Candidates candidates = service.candidates(now);
        if (candidates.isEmpty()) {
            return null;
        }
        Instance chosen = balancer.pick(candidates, tried, key);
        if (chosen == null && candidates.reserve() != null) {
            chosen = balancer.pick(candidates.reserve(), tried, key);
        }
        return chosen;
    }

    /// Where a request would go now, for `explain`; changes nothing, and may be asked on any thread.
    ///
    /// @return null when there is none, or it is left to chance
    public @Nullable Instance peek(Facts facts, long now) {
        Instance led = led(facts, now);
        Candidates candidates = service.candidates(now);
        if (led != null || candidates.isEmpty()) {
            return led;
        }
        return balancer.peek(candidates, key(facts));
    }

    /// The value of a Set-Cookie field for a client served by `served`; null when it needs none.
    ///
    /// @param led where its own cookie led to
    public byte @Nullable [] cookieFor(Instance served, @Nullable Instance led) {
        return sticky == null || served == led ? null : sticky.leadingTo(served);
    }
}
