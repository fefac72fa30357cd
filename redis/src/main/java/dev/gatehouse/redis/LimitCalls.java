package dev.gatehouse.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Asks about limits: one call for a decision. In a cluster a script reaches the keys of one slot only, so there it is
/// one call for each slot that the keys of a decision lie in, all at once; when one refuses or fails, the others get
/// back what they gave. For that moment others may be refused who need not be; nobody is let through who must not be.
final class LimitCalls {
    private static final byte[] TAKE = "take".getBytes(US_ASCII);
    private static final byte[] LOOK = "look".getBytes(US_ASCII);
    private static final byte[] BACK = "back".getBytes(US_ASCII);

    /// The server's own.
    private static final byte[] CLOCK = {};

    private final Calls calls;
    private final String prefix;
    private final boolean cluster;

    /// The answer about one wish.
    ///
    /// @param extra how many were taken beyond its cost
    record Said(LimitState state, long extra) {}

    LimitCalls(Calls calls, String prefix, boolean cluster) {
        this.calls = calls;
        this.prefix = prefix;
        this.cluster = cluster;
    }

    /// @param wishes with different keys
    /// @param extras how many more may be taken for each, if they are left; null for none
    CompletionStage<List<Said>> take(List<LimitTake> wishes, long @Nullable [] extras) {
        int[][] groups = groups(wishes);
        if (groups.length == 1) {
            return put(TAKE, wishes, extras, true);
        }
        List<CompletableFuture<List<Said>>> asked = new ArrayList<>(groups.length);
        for (int[] group : groups) {
            asked.add(put(TAKE, pick(wishes, group), pick(extras, group), true).toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .handle((_, failure) -> failure)
                .thenCompose(failure -> together(wishes, groups, asked, failure));
    }

    /// One answer of all groups.
    private CompletionStage<List<Said>> together(
            List<LimitTake> wishes,
            int[][] groups,
            List<CompletableFuture<List<Said>>> asked,
            @Nullable Throwable failure) {
        boolean all = failure == null && asked.stream().allMatch(group -> isAllowed(group.getNow(List.of())));
        Said[] answers = new Said[wishes.size()];
        for (int g = 0; g < groups.length; g++) {
            if (asked.get(g).isCompletedExceptionally()) {
                continue;
            }
            List<Said> said = asked.get(g).getNow(List.of());
            if (!all && isAllowed(said)) {
                List<LimitTake> taken = pick(wishes, groups[g]);
                giveBack(taken, said);
                said = untaken(taken, said);
            }
            for (int i = 0; i < groups[g].length; i++) {
                answers[groups[g][i]] = said.get(i);
            }
        }
        return failure == null
                ? CompletableFuture.completedStage(List.of(answers))
                : CompletableFuture.failedStage(Reasons.unwrapped(failure));
    }

    private static boolean isAllowed(List<Said> said) {
        return said.stream().allMatch(one -> one.state.allowed());
    }

    /// What is left once it is given back; the time until all is there again is that of before, or a little later.
    private static List<Said> untaken(List<LimitTake> wishes, List<Said> said) {
        List<Said> answers = new ArrayList<>(said.size());
        for (int i = 0; i < said.size(); i++) {
            LimitState state = said.get(i).state;
            long left = state.remaining() + wishes.get(i).cost() + said.get(i).extra;
            answers.add(new Said(new LimitState(true, left, state.resetMillis(), 0), 0));
        }
        return answers;
    }

    CompletionStage<List<LimitState>> look(List<LimitTake> wishes) {
        int[][] groups = groups(wishes);
        if (groups.length == 1) {
            return put(LOOK, wishes, null, false).thenApply(LimitCalls::states);
        }
        List<CompletableFuture<List<Said>>> asked = new ArrayList<>(groups.length);
        for (int[] group : groups) {
            asked.add(put(LOOK, pick(wishes, group), null, false).toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenApply(_ -> {
            boolean all = asked.stream().allMatch(group -> isAllowed(group.join()));
            LimitState[] states = new LimitState[wishes.size()];
            for (int g = 0; g < groups.length; g++) {
                List<Said> said = asked.get(g).join();
                if (!all && isAllowed(said)) {
                    said = untaken(pick(wishes, groups[g]), said);
                }
                for (int i = 0; i < groups[g].length; i++) {
                    states[groups[g][i]] = said.get(i).state;
                }
            }
            return List.of(states);
        });
    }

    static List<LimitState> states(List<Said> said) {
        return said.stream().map(Said::state).toList();
    }

    /// Told and forgotten.
    void giveBack(List<LimitTake> taken) {
        for (int[] group : groups(taken)) {
            put(BACK, pick(taken, group), null, false);
        }
    }

    private void giveBack(List<LimitTake> taken, List<Said> said) {
        List<LimitTake> all = new ArrayList<>(taken.size());
        for (int i = 0; i < taken.size(); i++) {
            LimitTake wish = taken.get(i);
            all.add(new LimitTake(wish.rule(), wish.key(), wish.cost() + said.get(i).extra));
        }
        giveBack(all);
    }

    /// @param undo whether what is answered too late is given back: whoever asked has decided without it
    private CompletionStage<List<Said>> put(
            byte[] mode, List<LimitTake> wishes, long @Nullable [] extras, boolean undo) {
        String[] keys = new String[wishes.size()];
        Arrays.setAll(keys, i -> prefix + wishes.get(i).key());
        byte[][] arguments = LimitArguments.of(mode, CLOCK, wishes, extras);
        return calls.ask(
                commands -> Script.LIMITS
                        .<List<Object>>call(commands, keys, arguments)
                        .thenApply(LimitCalls::read),
                late -> {
                    List<LimitTake> leases =
                            wishes.stream().filter(LimitArguments::isGivenBack).toList();
                    if (undo && !leases.isEmpty() && isAllowed(late)) {
                        giveBack(leases);
                    }
                });
    }

    static List<Said> read(List<Object> numbers) {
        List<Said> said = new ArrayList<>(numbers.size() / 5);
        for (int i = 0; i + 4 < numbers.size(); i += 5) {
            said.add(new Said(
                    new LimitState(
                            number(numbers, i) == 1,
                            number(numbers, i + 1),
                            number(numbers, i + 2),
                            number(numbers, i + 3)),
                    number(numbers, i + 4)));
        }
        return said;
    }

    private static long number(List<Object> numbers, int at) {
        return (Long) numbers.get(at);
    }

    /// The wishes by slot, as their places in the list.
    private int[][] groups(List<LimitTake> wishes) {
        int[] places = new int[wishes.size()];
        Arrays.setAll(places, i -> i);
        if (!cluster || wishes.size() < 2) {
            return new int[][] {places};
        }
        Map<Integer, List<Integer>> slots = new TreeMap<>();
        for (int place : places) {
            slots.computeIfAbsent(SlotHash.getSlot(prefix + wishes.get(place).key()), _ -> new ArrayList<>())
                    .add(place);
        }
        return slots.values().stream()
                .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private static List<LimitTake> pick(List<LimitTake> wishes, int[] group) {
        return Arrays.stream(group).mapToObj(wishes::get).toList();
    }

    private static long @Nullable [] pick(long @Nullable [] extras, int[] group) {
        return extras == null
                ? null
                : Arrays.stream(group).mapToLong(i -> extras[i]).toArray();
    }
}
