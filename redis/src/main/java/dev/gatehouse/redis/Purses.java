package dev.gatehouse.redis;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What was taken ahead from limits, to be spent here without asking (the setting `batch`).
///
/// How wrong that may be: what is in a purse was counted when it was taken and may be spent a little later, and
/// what is not spent by then is lost. A purse holds at most 1 % of its limit and lives at most 1 % of a sliding
/// window, of all others a second. So each gateway may let through, in any window, at most 1 % of the limit too
/// much or too little.
///
/// Safe for threads.
final class Purses {
    private static final int SHARE = 100;
    private static final long LONGEST_MILLIS = 1000;

    private final int batch;
    private final LongSupplier clock;
    private final ConcurrentMap<String, Purse> purses = new ConcurrentHashMap<>();

    /// @param tokens what can be spent
    /// @param state as it was after they were taken
    /// @param until when what is left is lost
    private record Purse(LimitRule rule, long tokens, LimitState state, long taken, long until) {
        Purse minus(long cost) {
            return new Purse(rule, tokens - cost, state, taken, until);
        }

        LimitState seen(long now) {
            long reset = state.resetMillis() - TimeUnit.NANOSECONDS.toMillis(now - taken);
            return new LimitState(true, state.remaining() + tokens, Math.max(0, reset), 0);
        }
    }

    /// @param batch how many are taken at once; at least 2
    /// @param clock in nanoseconds
    Purses(int batch, LongSupplier clock) {
        this.batch = batch;
        this.clock = clock;
    }

    /// How many more than its cost may be taken for each; null when none may be for any.
    long @Nullable [] extras(List<LimitTake> wishes) {
        long[] extras = null;
        for (int i = 0; i < wishes.size(); i++) {
            long extra = Math.min(batch - 1L, share(wishes.get(i)));
            if (extra > 0) {
                extras = extras == null ? new long[wishes.size()] : extras;
                extras[i] = extra;
            }
        }
        return extras;
    }

    /// What is used at the same time is counted one by one.
    private static long share(LimitTake wish) {
        return wish.rule() instanceof LimitRule.Concurrency || wish.cost() == 0
                ? 0
                : wish.rule().limit() / SHARE;
    }

    /// Spends on all of them, or on none: then null.
    @Nullable
    List<LimitState> spend(List<LimitTake> wishes) {
        long now = clock.getAsLong();
        List<LimitState> states = new ArrayList<>(wishes.size());
        for (LimitTake wish : wishes) {
            LimitState state = spend(wish, now);
            if (state == null) {
                for (LimitTake spent : wishes.subList(0, states.size())) {
                    purses.computeIfPresent(spent.key(), (_, purse) -> purse.minus(-spent.cost()));
                }
                return null;
            }
            states.add(state);
        }
        return states;
    }

    private @Nullable LimitState spend(LimitTake wish, long now) {
        LimitState[] seen = new LimitState[1];
        purses.computeIfPresent(wish.key(), (_, purse) -> {
            if (!purse.rule.equals(wish.rule()) || purse.until - now <= 0) {
                return null;
            }
            if (purse.tokens < wish.cost()) {
                return purse;
            }
            Purse rest = purse.minus(wish.cost());
            seen[0] = rest.seen(now);
            return rest;
        });
        return seen[0];
    }

    /// What was taken beyond the cost is not used yet.
    static LimitState state(LimitCalls.Said said) {
        LimitState state = said.state();
        return said.extra() == 0
                ? state
                : new LimitState(
                        state.allowed(), state.remaining() + said.extra(), state.resetMillis(), state.retryMillis());
    }

    /// Keeps what was taken beyond the cost.
    void keep(List<LimitTake> wishes, List<LimitCalls.Said> said) {
        long now = clock.getAsLong();
        for (int i = 0; i < wishes.size(); i++) {
            if (said.get(i).extra() > 0) {
                keep(wishes.get(i), said.get(i), now);
            }
        }
    }

    private void keep(LimitTake wish, LimitCalls.Said said, long now) {
        long lasts = Math.min(LONGEST_MILLIS, said.state().resetMillis());
        if (wish.rule() instanceof LimitRule.SlidingWindow rule) {
            lasts = Math.min(lasts, rule.windowMillis() / SHARE);
        }
        Purse fresh =
                new Purse(wish.rule(), said.extra(), said.state(), now, now + TimeUnit.MILLISECONDS.toNanos(lasts));
        // Two threads may have found it empty: of the two, the later one's is kept, and the limit not exceeded.
        purses.put(wish.key(), fresh);
    }

    /// Forgets what nobody may spend any more; called each second.
    void tidy() {
        long now = clock.getAsLong();
        purses.values().removeIf(purse -> purse.until - now <= 0);
    }

    int size() {
        return purses.size();
    }
}
