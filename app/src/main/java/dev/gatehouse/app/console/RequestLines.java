package dev.gatehouse.app.console;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// Writes [request lines][RequestLine] while the gateway runs. Loops hand them over and go on: nobody waits for a slow
/// terminal. When it does not keep up, lines are dropped, counted, and the count is written.
public final class RequestLines implements AutoCloseable {
    private static final int MOST_WAITING = 4096;
    private static final long PATIENCE_MILLIS = 2000;

    private final PrintWriter out;
    private final Function<RequestLine, String> form;
    private final Function<Long, String> gap;
    private final int mostWaiting;
    private final ConcurrentLinkedQueue<RequestLine> waiting = new ConcurrentLinkedQueue<>();

    /// The queue's own count walks the whole queue.
    private final AtomicInteger length = new AtomicInteger();

    private final LongAdder dropped = new LongAdder();
    private final Thread writer;
    private volatile boolean asleep;
    private volatile boolean ending;

    RequestLines(PrintWriter out, Function<RequestLine, String> form, Function<Long, String> gap, int mostWaiting) {
        this.out = out;
        this.form = form;
        this.gap = gap;
        this.mostWaiting = mostWaiting;
        this.writer =
                Thread.ofPlatform().daemon().name("gatehouse-request-lines").unstarted(this::write);
    }

    /// For people.
    public static RequestLines text(PrintWriter out, ZoneId zone, Ink ink) {
        RequestLines lines = new RequestLines(
                out,
                line -> line.text(zone, ink),
                count -> ink.dim("… and " + count + " requests too fast to show"),
                MOST_WAITING);
        lines.writer.start();
        return lines;
    }

    /// For programs: one JSON object per line.
    public static RequestLines json(PrintWriter out) {
        RequestLines lines = new RequestLines(
                out,
                RequestLine::json,
                count -> "{\"event\":\"requests_not_shown\",\"count\":" + count + "}",
                MOST_WAITING);
        lines.writer.start();
        return lines;
    }

    /// Never waits; called on loops.
    public void add(RequestLine line) {
        if (length.incrementAndGet() > mostWaiting) {
            length.decrementAndGet();
            dropped.increment();
            return;
        }
        waiting.add(line);
        if (asleep) {
            // Waking costs a call of the kernel: only whoever finds the writer asleep pays for it.
            asleep = false;
            LockSupport.unpark(writer);
        }
    }

    private void write() {
        while (!ending) {
            drain();
            asleep = true;
            if (waiting.isEmpty() && !ending) {
                LockSupport.park(this);
            }
            asleep = false;
        }
        drain();
    }

    /// Writes all that waits. On the writer's thread.
    void drain() {
        boolean wrote = false;
        for (RequestLine line = waiting.poll(); line != null; line = waiting.poll()) {
            length.decrementAndGet();
            out.println(form.apply(line));
            wrote = true;
        }
        long missing = dropped.sumThenReset();
        if (missing > 0) {
            out.println(gap.apply(missing));
            wrote = true;
        }
        if (wrote) {
            out.flush();
        }
    }

    /// Writes what waits, and ends.
    @Override
    public void close() {
        ending = true;
        LockSupport.unpark(writer);
        try {
            writer.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
