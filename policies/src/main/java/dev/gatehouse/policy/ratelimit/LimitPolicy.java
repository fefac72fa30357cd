package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.Attribute;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.Outcome;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Takes what a request needs from its limits, before the service answers: a slow service lets no burst through.
/// Refuses or delays who does not get it, and tells everybody what is left.
public final class LimitPolicy implements Policy {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// How soon who waits for others to be done looks again, in milliseconds.
    private static final long LOOK_AGAIN = 20;

    private final List<LimitSource> sources;
    private final LimitStore store;
    private final DelayLine line;
    private final LimitFields fields;
    private final LimitMetrics metrics;
    private final TimeSource time;
    private final Attribute<Judged> decided = Attribute.of("decided limits");

    /// What was tried in shadow mode, in which attributes are taken back: leases are to be given back all the same.
    private final Map<Exchange, Judged> tried = new ConcurrentHashMap<>();

    /// A limit whose requests are refused, never delayed.
    public LimitPolicy(
            List<LimitSource> sources, LimitStore store, FieldStyle style, LimitMetrics metrics, TimeSource time) {
        this(sources, store, DelayLine.NONE, style, metrics, time);
    }

    LimitPolicy(
            List<LimitSource> sources,
            LimitStore store,
            DelayLine line,
            FieldStyle style,
            LimitMetrics metrics,
            TimeSource time) {
        this.sources = List.copyOf(sources);
        this.store = store;
        this.line = line;
        this.fields = new LimitFields(style, time);
        this.metrics = metrics;
        this.time = time;
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        List<Wanted> wanted = new ArrayList<>(2);
        for (int i = 0; i < sources.size(); i++) {
            sources.get(i).addTo(wanted, exchange);
        }
        if (wanted.isEmpty()) {
            exchange.note("no limit holds here");
            return Decision.CONTINUE;
        }
        CompletableFuture<Judged> judged = store.take(exchange, wanted);
        if (judged.state() == CompletableFuture.State.SUCCESS) {
            Judged known = judged.resultNow();
            if (known.allowed()) {
                return pass(exchange, known);
            }
            if (!mayWait(exchange, known, line.patience())) {
                return refuse(exchange, known);
            }
        }
        CompletableFuture<Decision> decision = new CompletableFuture<>();
        settle(exchange, wanted, judged, decision, new Wait());
        return new Decision.Await(decision);
    }

    private Decision pass(Exchange exchange, Judged judged) {
        note(exchange, judged);
        metrics.allowed(exchange);
        exchange.set(decided, judged);
        if (exchange.mode() == Mode.SHADOW && judged.hasLease()) {
            tried.put(exchange, judged);
        }
        return Decision.CONTINUE;
    }

    private Decision refuse(Exchange exchange, Judged judged) {
        note(exchange, judged);
        metrics.refused(exchange);
        exchange.set(decided, judged);
        int refusing = judged.refusing();
        return new Decision.Reject(
                Refusal.of(judged.wanted().get(refusing), judged.states().get(refusing), time));
    }

    /// `login: 5 per minute, 3 left, counted for client_ip=203.0.113.7`
    private static void note(Exchange exchange, Judged judged) {
        if (!exchange.isRecorded()) {
            return;
        }
        for (int i = 0; i < judged.states().size(); i++) {
            Wanted wanted = judged.wanted().get(i);
            LimitState state = judged.states().get(i);
            String key = wanted.take().key();
            exchange.note(wanted.name() + ": " + Refusal.limit(wanted) + ", " + state.remaining() + " left"
                    + (state.allowed() ? "" : ", again in " + state.retryMillis() + " ms") + ", counted for "
                    + key.substring(key.lastIndexOf('/', Math.max(0, key.indexOf('='))) + 1));
        }
        if (judged.states().isEmpty()) {
            exchange.note("the store is down, and nobody counts");
        }
    }

    // ── waiting, for the store or for one's turn

    /// What one request knows of its waiting.
    private static final class Wait {
        private long sinceNanos;
        private boolean isInLine;
    }

    /// Decides once the store has answered. On the exchange's loop.
    private void settle(
            Exchange exchange,
            List<Wanted> wanted,
            CompletableFuture<Judged> asked,
            CompletableFuture<Decision> decision,
            Wait wait) {
        asked.whenComplete((judged, failure) -> {
            if (decision.isDone()) { // the client has left
                if (judged != null) {
                    judged.giveBack();
                }
            } else if (judged == null) {
                decision.completeExceptionally(failure);
            } else if (judged.allowed()) {
                decision.complete(pass(exchange, judged));
            } else if (mayWait(exchange, judged, left(wait)) && standsInLine(exchange, decision, wait)) {
                Duration turn = Duration.ofMillis(retry(judged));
                exchange.after(turn).thenRun(() -> {
                    if (!decision.isDone()) {
                        settle(exchange, wanted, store.take(exchange, wanted), decision, wait);
                    }
                });
            } else {
                decision.complete(refuse(exchange, judged));
            }
        });
    }

    /// Whether its turn comes soon enough. In shadow mode nobody is kept waiting, and in explain no time passes.
    private boolean mayWait(Exchange exchange, Judged judged, long patienceNanos) {
        return patienceNanos > 0 && exchange.mode() == Mode.LIVE && retry(judged) * NANOS_PER_MILLI <= patienceNanos;
    }

    private long left(Wait wait) {
        return line.patience() - (wait.isInLine ? time.nanos() - wait.sinceNanos : 0);
    }

    private static long retry(Judged judged) {
        int refusing = judged.refusing();
        // Nobody knows when those who run now are done.
        return judged.wanted().get(refusing).isLease()
                ? LOOK_AGAIN
                : Math.max(1, judged.states().get(refusing).retryMillis());
    }

    private boolean standsInLine(Exchange exchange, CompletableFuture<Decision> decision, Wait wait) {
        if (wait.isInLine) {
            return true;
        }
        if (!line.enter()) {
            return false;
        }
        wait.isInLine = true;
        wait.sinceNanos = time.nanos();
        metrics.delayed(exchange);
        decision.whenComplete((_, _) -> line.leave());
        return true;
    }

    // ── the answer, and the end

    @Override
    public Decision onResponse(Exchange exchange, Response response) {
        Judged judged = exchange.get(decided);
        if (judged != null) {
            fields.write(exchange, response, judged);
        }
        return Decision.CONTINUE;
    }

    @Override
    public void onEnd(Exchange exchange, Outcome outcome) {
        Judged judged = exchange.mode() == Mode.SHADOW ? tried.remove(exchange) : exchange.get(decided);
        if (judged != null) {
            judged.giveBack();
        }
    }
}
