package dev.gatehouse.engine.telemetry;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// The connections one listener passes to one service, counted as things happen: they may live for days. Any thread.
public final class TcpTally {
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final Map<TcpEnding, LongAdder> endings = new EnumMap<>(TcpEnding.class);

    TcpTally() {
        // All of them now: what another thread reads never changes its shape.
        for (TcpEnding ending : TcpEnding.values()) {
            endings.put(ending, new LongAdder());
        }
    }

    public void begun() {
        begun.increment();
    }

    public void fromClient(int octets) {
        bytesIn.add(octets);
    }

    public void fromService(int octets) {
        bytesOut.add(octets);
    }

    public void ended(TcpEnding ending) {
        ended.increment();
        LongAdder tally = endings.get(ending);
        if (tally != null) {
            tally.increment();
        }
    }

    public long total() {
        return begun.sum();
    }

    public long open() {
        // In this order: one that ends meanwhile is not taken off before it was counted.
        long over = ended.sum();
        return Math.max(0, begun.sum() - over);
    }

    public long bytesIn() {
        return bytesIn.sum();
    }

    public long bytesOut() {
        return bytesOut.sum();
    }

    public long count(TcpEnding ending) {
        LongAdder tally = endings.get(ending);
        return tally == null ? 0 : tally.sum();
    }
}
