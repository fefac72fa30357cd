package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.NeedsNetworkException;
import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.state.OnStoreDown;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Takes from limits in their store, or decides without it. A store fails by itself when its time is over; whoever
/// waits here gives it [#GRACE] for that, and then decides without it.
public final class LimitStore {
    /// How much longer than its own time a store is waited for.
    static final Duration GRACE = Duration.ofMillis(15);

    /// With the grace, and the 10 ms that a timer may be late, less than the 50 ms a store that is down may cost a
    /// request unless its settings say otherwise.
    private static final Duration PROMPT = Duration.ofMillis(25);

    /// Who is refused because nobody counts is told to come back so soon, in milliseconds.
    private static final long SOON = 1_000;

    private final StateRef<Store> store;
    private final StateRef<Store> memory;
    private final OnStoreDown onStoreDown;
    private final Duration patience;
    private final TimeSource time;
    private final LimitMetrics metrics;
    private final StoreCircuit circuit = new StoreCircuit();

    /// @param name under `stores`; null for the gateway's own
    /// @param onStoreDown null for what the store says
    /// @throws IllegalArgumentException when there is none of this name
    public LimitStore(
            PolicyContext context, @Nullable String name, @Nullable OnStoreDown onStoreDown, LimitMetrics metrics) {
        this.store = context.store(name);
        this.memory = context.store("memory");
        this.onStoreDown = onStoreDown == null ? context.onStoreDown(name) : onStoreDown;
        Duration own = context.storePatience(name);
        this.patience = own.plus(GRACE);
        this.time = context.time();
        this.metrics = metrics;
        if (own.compareTo(PROMPT) > 0) {
            context.warn(
                    name == null ? "stores" : "stores." + name,
                    "limits are counted here: each may hold a request for "
                            + patience.toMillis() + " ms when it gets no answer (with a timeout of "
                            + PROMPT.toMillis() + " ms at most, for less than 50 ms)");
        }
    }

    /// Takes all of it or nothing. Completes on the exchange's loop; on the spot, where the store is in memory.
    CompletableFuture<Judged> take(Exchange exchange, List<Wanted> wanted) {
        Store asked = exchange.state(store);
        Store own = exchange.state(memory);
        long now = time.nanos();
        if (!circuit.mayAsk(now)) {
            return without(exchange, wanted, asked, own);
        }
        CompletableFuture<List<LimitState>> answer = asked.take(takes(wanted)).toCompletableFuture();
        return switch (answer.state()) {
            case SUCCESS -> {
                circuit.answered();
                yield CompletableFuture.completedFuture(counted(judged(wanted, answer.resultNow(), asked), asked, own));
            }
            case FAILED -> failed(exchange, wanted, asked, own, answer.exceptionNow());
            case CANCELLED -> without(exchange, wanted, asked, own);
            case RUNNING -> later(exchange, wanted, asked, own, answer, now);
        };
    }

    private static List<LimitTake> takes(List<Wanted> wanted) {
        if (wanted.size() == 1) {
            return List.of(wanted.getFirst().take());
        }
        List<LimitTake> takes = new ArrayList<>(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            takes.add(wanted.get(i).take());
        }
        return takes;
    }

    private static Judged judged(List<Wanted> wanted, List<LimitState> states, Store by) {
        Judged judged = new Judged(wanted, states, by);
        return judged.allowed() ? judged : new Judged(wanted, states, null);
    }

    /// What the store lets through counts in this gateway's share too: whoever has to go on alone does not begin
    /// anew.
    private Judged counted(Judged judged, Store asked, Store own) {
        if (onStoreDown == OnStoreDown.LOCAL_SHARE && store != memory && judged.allowed()) {
            for (Wanted part : share(judged.wanted(), Math.max(1, asked.nodes()))) {
                if (!part.isLease()) {
                    own.take(List.of(part.take()));
                }
            }
        }
        return judged;
    }

    private CompletableFuture<Judged> later(
            Exchange exchange,
            List<Wanted> wanted,
            Store asked,
            Store own,
            CompletableFuture<List<LimitState>> answer,
            long began) {
        CompletableFuture<Judged> judged = new CompletableFuture<>();
        // In explain no time passes: the walk itself has patience.
        CompletableFuture<Void> timer =
                exchange.mode() == Mode.EXPLAIN ? new CompletableFuture<>() : exchange.after(patience);
        exchange.<List<LimitState>>onLoop(answer).whenComplete((states, failure) -> {
            if (states != null) {
                Judged late = judged(wanted, states, asked);
                if (judged.complete(late)) {
                    circuit.answered();
                    counted(late, asked, own);
                } else {
                    late.giveBack();
                }
            } else if (!judged.isDone()) {
                circuit.waitedInVain(began, time.nanos());
                pass(failed(exchange, wanted, asked, own, failure), judged);
            }
            timer.cancel(false);
        });
        timer.thenRun(() -> {
            if (!judged.isDone()) {
                circuit.waitedInVain(began, time.nanos());
                pass(without(exchange, wanted, asked, own), judged);
            }
        });
        return judged;
    }

    private static void pass(CompletableFuture<Judged> from, CompletableFuture<Judged> to) {
        from.whenComplete((judged, failure) -> {
            if (failure != null) {
                to.completeExceptionally(failure);
            } else if (!to.complete(judged)) {
                judged.giveBack();
            }
        });
    }

    private CompletableFuture<Judged> failed(
            Exchange exchange, List<Wanted> wanted, Store asked, Store own, @Nullable Throwable thrown) {
        Throwable why = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (why instanceof IOException && !(why instanceof NeedsNetworkException)) {
            return without(exchange, wanted, asked, own);
        }
        return CompletableFuture.failedFuture(why == null ? new IOException("the store said nothing") : why);
    }

    /// Decides while the store is down.
    private CompletableFuture<Judged> without(Exchange exchange, List<Wanted> wanted, Store asked, Store own) {
        if (exchange.mode() != Mode.EXPLAIN) {
            metrics.withoutStore();
        }
        return switch (onStoreDown) {
            case OPEN -> CompletableFuture.completedFuture(Judged.uncounted(wanted));
            case CLOSED -> CompletableFuture.completedFuture(new Judged(wanted, closed(wanted.size()), null));
            case LOCAL_SHARE -> {
                List<Wanted> share = share(wanted, Math.max(1, asked.nodes()));
                yield own.take(takes(share))
                        .thenApply(states -> judged(share, states, own))
                        .toCompletableFuture();
            }
        };
    }

    private static List<LimitState> closed(int count) {
        List<LimitState> states = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            states.add(new LimitState(false, 0, SOON, SOON));
        }
        return states;
    }

    private static List<Wanted> share(List<Wanted> wanted, int nodes) {
        List<Wanted> share = new ArrayList<>(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            Wanted one = wanted.get(i);
            LimitTake take = one.take();
            LimitRule part = part(take.rule(), nodes, take.cost());
            share.add(new Wanted(
                    new LimitTake(part, take.key(), take.cost()), one.name(), one.quota(), one.plan(), one.bought()));
        }
        return share;
    }

    /// One gateway's part of a limit, rounded down; enough for one request at least.
    private static LimitRule part(LimitRule rule, int nodes, long cost) {
        long limit = Math.max(cost, rule.limit() / nodes);
        return switch (rule) {
            case LimitRule.SlidingWindow one -> new LimitRule.SlidingWindow(limit, one.windowMillis());
            case LimitRule.Gcra one ->
                new LimitRule.Gcra(limit, one.windowMillis(), Math.max(cost, one.burst() / nodes));
            case LimitRule.FixedWindow one -> new LimitRule.FixedWindow(limit, one.windowMillis());
            case LimitRule.Calendar one -> new LimitRule.Calendar(limit, one.fromMillis(), one.untilMillis());
            case LimitRule.Concurrency one -> new LimitRule.Concurrency(limit, one.leaseMillis());
        };
    }
}
