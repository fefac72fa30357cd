package dev.gatehouse.engine.explain;

import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.engine.config.RuntimeConfig;
import dev.gatehouse.engine.net.LoopByHand;
import dev.gatehouse.engine.net.MovedClock;
import dev.gatehouse.engine.service.InstanceStates;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.engine.snapshot.ServiceTargets;
import dev.gatehouse.engine.snapshot.Snapshot;
import dev.gatehouse.engine.snapshot.Surroundings;
import dev.gatehouse.engine.store.States;
import dev.gatehouse.engine.target.proxy.StandIn;
import dev.gatehouse.engine.telemetry.CounterSource;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// A configuration that runs as it would in a gateway, with everything but the world outside: requests are asked, not
/// received, stand-ins answer for services, time passes when it is told to, and chance is the same every time. What
/// policies remember lives as long as this does. Opens no socket and looks nothing up.
///
/// For the thread that made it.
public final class DressRehearsal implements AutoCloseable {
    /// How long an answer may take, on the clock that is moved.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// As often as a loop looks at its deadlines.
    private static final Duration STEP = Duration.ofMillis(10);

    private static final long SEED = 42;

    private final MovedClock clock;
    private final LoopByHand loop;
    private final Snapshot snapshot;
    private final Rehearsal rehearsal;

    /// Where nobody counts, and policies have nobody to call.
    ///
    /// @param begin what time it is at first
    /// @throws dev.gatehouse.engine.snapshot.RoutesRefused when routes cannot be made
    public DressRehearsal(Plan plan, StandIn standIn, Instant begin) {
        this(plan, standIn, begin, CounterSource.NONE, StagedOutside::nobody);
    }

    /// @param begin what time it is at first
    /// @param counters what policies count in
    /// @param calls answers what policies ask others, in the place of those
    /// @throws dev.gatehouse.engine.snapshot.RoutesRefused when routes cannot be made
    public DressRehearsal(
            Plan plan,
            StandIn standIn,
            Instant begin,
            CounterSource counters,
            Function<HttpRequest, CompletableFuture<HttpResponse<byte[]>>> calls) {
        this.clock = new MovedClock(begin);
        this.snapshot = Snapshot.compile(plan, around(standIn, counters), null);
        this.loop = new LoopByHand(clock);
        this.rehearsal = new Rehearsal(snapshot, loop.loop(), new StagedOutside(calls), this::turnUntil);
    }

    private Surroundings around(StandIn standIn, CounterSource counters) {
        List<Policy> nothingMore = List.of();
        return new Surroundings(
                RuntimeConfig.standard(),
                List.of(),
                new InstanceStates(1),
                clock,
                clock,
                () -> new Random(SEED),
                nothingMore,
                new States(),
                counters,
                ServiceTargets.standIn(standIn),
                new SplittableRandom(SEED)::nextLong);
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    /// What time it is.
    public Instant now() {
        return clock.instant();
    }

    /// So much time passes.
    public void advance(Duration time) {
        clock.advance(time);
        loop.turn();
    }

    /// Asks, and lets as much time pass as the answer takes.
    ///
    /// @throws IllegalArgumentException when the question names a listener there is not
    /// @throws IllegalStateException when there is no answer after ten minutes
    public Reply ask(Question question) {
        return rehearsal.ask(question);
    }

    /// Asks, and leaves after so long, if there is no whole answer by then.
    ///
    /// @throws IllegalStateException when the exchange does not end
    public Reply askAndLeave(Question question, Duration after) {
        return rehearsal.ask(question, leave -> {
            loop.turn();
            advance(after);
            leave.run();
        });
    }

    private void turnUntil(BooleanSupplier over) {
        loop.turn();
        for (Duration waited = Duration.ZERO;
                !over.getAsBoolean() && waited.compareTo(LONGEST) < 0;
                waited = waited.plus(STEP)) {
            advance(STEP);
        }
    }

    @Override
    public void close() {
        snapshot.discard(null);
    }
}
