package dev.gatehouse.engine.telemetry.recent;

import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.SummarySink;
import dev.gatehouse.engine.telemetry.recent.RecentRequest.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The requests that ended last, of all loops. Lives as long as its gateway; the loops write, any thread reads.
///
/// [#PER_LOOP] of each loop are kept, the oldest giving way; of at most [#TRACES] among them the whole decision trace,
/// kept for those that the gateway answered with a failure, that a policy decided, or that were recorded. About half a
/// mebibyte a loop, and not more however much comes.
public final class RecentRequests implements Observer {
    public static final int PER_LOOP = 1024;
    public static final int TRACES = 200;

    private final List<RecentRing> rings;

    /// @param loops how many there are
    public RecentRequests(int loops) {
        this(loops, PER_LOOP, TRACES);
    }

    /// @param perLoop how many are kept of each; a power of two
    /// @param traces of how many of these the trace is kept
    RecentRequests(int loops, int perLoop, int traces) {
        rings = IntStream.range(0, loops)
                .mapToObj(loop -> new RecentRing(loop, perLoop, traces))
                .toList();
    }

    @Override
    public SummarySink on(int loop) {
        return rings.get(loop);
    }

    /// The newest that `wanted` wants, the newest first.
    ///
    /// @param after only those that stand behind this one; null for all
    public List<RecentRequest> newest(Predicate<RecentRequest> wanted, @Nullable Position after, int limit) {
        List<RecentRequest> all = new ArrayList<>();
        for (RecentRing ring : rings) {
            long written = ring.written();
            for (long number = Math.max(0, written - ring.size()); number < written; number++) {
                RecentRequest one = ring.read(number);
                if (one != null && (after == null || after.compareTo(one.at()) < 0) && wanted.test(one)) {
                    all.add(one);
                }
            }
        }
        all.sort(Comparator.comparing(RecentRequest::at));
        return all.size() <= limit ? all : List.copyOf(all.subList(0, limit));
    }

    /// Those whose id this is, or begins or ends with it, the newest first: of a UUID of version 7 it is the end
    /// that tells two requests of the same hour apart.
    public List<RecentRequest> find(String part, int limit) {
        List<RecentRequest> whole = newest(one -> one.id().equals(part), null, limit);
        return whole.isEmpty()
                ? newest(one -> one.id().startsWith(part) || one.id().endsWith(part), null, limit)
                : whole;
    }

    /// All that end from now on.
    public Feed follow() {
        return new Feed(rings);
    }

    @Override
    public void close() {}
}
