package dev.gatehouse.engine.telemetry;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/// What watches the exchanges of a gateway. Changed by a reload; asked by every loop.
public final class Telemetry {
    private final TraceTokens tokens;
    private final TcpTallies tcp = new TcpTallies();
    private final List<LoopTelemetry> loops;

    /// @param count how many loops there are
    public Telemetry(int count, TraceTokens tokens) {
        this.tokens = tokens;
        this.loops = IntStream.range(0, Math.max(1, count))
                .mapToObj(_ -> new LoopTelemetry(tokens))
                .toList();
    }

    /// Nobody watches.
    public static Telemetry none() {
        return new Telemetry(1, new TraceTokens(InstantSource.system()));
    }

    /// @param loop its number; any other than those of the gateway stands for the first
    public LoopTelemetry on(int loop) {
        return loops.get(loop < 0 ? 0 : loop);
    }

    /// From now on these watch, and nobody else.
    public void watchedBy(List<? extends Observer> observers) {
        for (int i = 0; i < loops.size(); i++) {
            int loop = i;
            loops.get(i).sinks(observers.stream().map(one -> one.on(loop)).toList());
        }
    }

    /// Whether what happens to every exchange is written down as it happens.
    public void recordAll(boolean all) {
        loops.forEach(loop -> loop.recordAll(all));
    }

    /// Where connections that are passed on are counted.
    public TcpTallies tcp() {
        return tcp;
    }

    public TraceTokens tokens() {
        return tokens;
    }
}
