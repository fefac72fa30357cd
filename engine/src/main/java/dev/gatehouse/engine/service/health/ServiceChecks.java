package dev.gatehouse.engine.service.health;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The checks of one service's instances. Follows its instances as they come and go. On the prober's loop only.
final class ServiceChecks {
    private final Loop loop;
    private final Service service;
    private final PassiveHealth passive;
    private final RandomGenerator random;
    private final Map<Instance, InstanceChecks> checks = new HashMap<>();
    private final Runnable onChange;
    private boolean stopped;

    ServiceChecks(Loop loop, Service service, PassiveHealth passive, RandomGenerator random) {
        this.loop = loop;
        this.service = service;
        this.passive = passive;
        this.random = random;
        this.onChange = () -> loop.execute(this::follow);
    }

    void start() {
        service.watch(onChange);
        follow();
    }

    void stop() {
        stopped = true;
        service.unwatch(onChange);
        checks.values().forEach(InstanceChecks::stop);
        checks.clear();
    }

    private void follow() {
        if (stopped) {
            return;
        }
        Set<Instance> present = new HashSet<>(service.instances());
        checks.entrySet().removeIf(entry -> {
            boolean left = !present.contains(entry.getKey());
            if (left) {
                entry.getValue().stop();
            }
            return left;
        });
        for (Instance instance : present) {
            InstanceChecks known = checks.get(instance);
            if (known == null) {
                known = new InstanceChecks(loop, service, instance, passive, random);
                checks.put(instance, known);
                known.start();
            }
            known.followEjection();
        }
    }
}
