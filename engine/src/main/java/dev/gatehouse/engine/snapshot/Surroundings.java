package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.engine.config.RuntimeConfig;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.InstanceStates;
import dev.gatehouse.engine.store.States;
import dev.gatehouse.engine.telemetry.CounterSource;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What snapshots are compiled for: the part of a gateway that no reload changes.
///
/// @param runtime what the process runs on, set once at the start
/// @param loops none when nothing is to run, as for `check`
/// @param instances what changes about them, found again by name after a reload
/// @param clock nanoseconds, the loops' own
/// @param wallClock the time of day
/// @param random makes a source of chance for each loop and service
/// @param everywhere policies of every route, before its own
/// @param states what policies remember
/// @param counters what policies count in
/// @param targets what sends exchanges to services
/// @param chance numbers for whoever leaves something to chance; any thread may ask
public record Surroundings(
        RuntimeConfig runtime,
        List<Loop> loops,
        InstanceStates instances,
        LongSupplier clock,
        InstantSource wallClock,
        Supplier<? extends RandomGenerator> random,
        List<Policy> everywhere,
        States states,
        CounterSource counters,
        ServiceTargets targets,
        LongSupplier chance) {
    public Surroundings {
        loops = List.copyOf(loops);
        everywhere = List.copyOf(everywhere);
    }

    /// With real services and real chance.
    public Surroundings(
            RuntimeConfig runtime,
            List<Loop> loops,
            InstanceStates instances,
            LongSupplier clock,
            InstantSource wallClock,
            Supplier<? extends RandomGenerator> random,
            List<Policy> everywhere,
            States states,
            CounterSource counters) {
        this(
                runtime,
                loops,
                instances,
                clock,
                wallClock,
                random,
                everywhere,
                states,
                counters,
                ServiceTargets.REAL,
                () -> ThreadLocalRandom.current().nextLong());
    }

    /// For a look at a configuration that is not going to run.
    public static Surroundings none() {
        return new Surroundings(
                RuntimeConfig.standard(),
                List.of(),
                new InstanceStates(1),
                System::nanoTime,
                InstantSource.system(),
                () -> RandomGenerator.of("L64X128MixRandom"),
                List.of(),
                new States(),
                CounterSource.NONE);
    }
}
