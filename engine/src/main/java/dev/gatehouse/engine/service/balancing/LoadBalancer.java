package dev.gatehouse.engine.service.balancing;

import dev.gatehouse.engine.config.LoadBalancerConfig;
import dev.gatehouse.engine.service.Candidates;
import dev.gatehouse.engine.service.Instance;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Chooses among the instances a request may go to. One for each loop and service, so it needs no lock; it allocates
/// nothing.
public interface LoadBalancer {
    /// @param from at least one
    /// @param tried never chosen again
    /// @param key what the same instance is to be chosen by; 0 for algorithms without one
    /// @return null when all of them have been tried
    @Nullable
    Instance pick(Candidates from, Tried tried, long key);

    /// What [#pick] would say now, for `explain`; changes nothing, and may be asked on any thread.
    ///
    /// @return null when that is left to chance
    @Nullable
    Instance peek(Candidates from, long key);

    /// The one the user wants.
    ///
    /// @param loop the number of the loop it is for: loops do not march in step
    /// @param random of that loop
    static LoadBalancer of(LoadBalancerConfig config, int loop, RandomGenerator random) {
        return switch (config.algorithm()) {
            case ROUND_ROBIN -> new RoundRobin(loop);
            case LEAST_REQUESTS -> new LeastRequests(loop);
            case RANDOM_TWO -> new RandomTwo(random);
            case CONSISTENT_HASH -> new ConsistentHash();
        };
    }
}
