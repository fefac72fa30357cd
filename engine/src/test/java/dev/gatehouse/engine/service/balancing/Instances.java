package dev.gatehouse.engine.service.balancing;

import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.config.InstanceConfig;
import dev.gatehouse.engine.config.LoadBalancerConfig;
import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.ServiceConnectionsConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.service.Candidates;
import dev.gatehouse.engine.service.InstanceStates;
import dev.gatehouse.engine.service.Service;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Instances to choose among, at 10.0.0.1, 10.0.0.2, … port 80.
final class Instances {
    private Instances() {}

    static Candidates weighted(int... weights) {
        List<InstanceConfig> instances = IntStream.range(0, weights.length)
                .mapToObj(i -> new InstanceConfig("http://10.0." + i / 250 + "." + (i % 250 + 1), weights[i], false))
                .toList();
        return service(LoadBalancerConfig.DEFAULT, instances).candidates(0);
    }

    static Candidates even(int count) {
        int[] weights = new int[count];
        Arrays.fill(weights, 1);
        return weighted(weights);
    }

    static Service service(LoadBalancerConfig balancing, List<InstanceConfig> instances) {
        return new Service(
                "shop",
                new ServiceConfig(
                        "shop",
                        instances,
                        balancing,
                        HealthCheckConfig.DEFAULT,
                        TimeoutConfig.DEFAULT,
                        ServiceConnectionsConfig.DEFAULT),
                new InstanceStates(2),
                () -> 0);
    }

    static Candidates without(Candidates all, int gone) {
        return Candidates.of(IntStream.range(0, all.size())
                .filter(i -> i != gone)
                .mapToObj(all::get)
                .toList());
    }
}
