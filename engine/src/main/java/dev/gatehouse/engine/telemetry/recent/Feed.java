package dev.gatehouse.engine.telemetry.recent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The requests as they end, for one listener on one thread. It looks into the rings when it is asked, so that the
/// loops neither know nor wait: who asks too seldom finds that some have been written over, and how many.
public final class Feed {
    private final List<RecentRing> rings;
    private final long[] seen;
    private long missed;
    private boolean busy;

    Feed(List<RecentRing> rings) {
        this.rings = rings;
        this.seen = new long[rings.size()];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = rings.get(i).written();
        }
    }

    /// Those that have ended since the last time, the oldest first. Never waits.
    public List<RecentRequest> take() {
        List<RecentRequest> news = new ArrayList<>();
        busy = false;
        for (int i = 0; i < seen.length; i++) {
            take(rings.get(i), i, news);
        }
        news.sort(Comparator.comparing(RecentRequest::at).reversed());
        return news;
    }

    private void take(RecentRing ring, int i, List<RecentRequest> news) {
        long written = ring.written();
        long from = Math.max(seen[i], written - ring.size());
        missed += from - seen[i];
        busy |= written - seen[i] > ring.size() / 4;
        for (long number = from; number < written; number++) {
            RecentRequest one = ring.read(number);
            if (one == null) {
                missed++;
            } else {
                news.add(one);
            }
        }
        seen[i] = written;
    }

    /// How many were written over before they could be taken, since this was asked last.
    public long missed() {
        long count = missed;
        missed = 0;
        return count;
    }

    /// Whether so many had ended at the last look that the next one should be soon.
    public boolean isBusy() {
        return busy;
    }
}
