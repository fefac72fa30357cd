package dev.gatehouse.engine.telemetry.accesslog;

import dev.gatehouse.api.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the lines of all loops and writes them, many at once. Lines of one loop stay in order; between loops there is
/// none. Everything but [#add], [#wake] and [#finish] happens on its own thread.
final class LineWriter implements Runnable {
    /// Between two looks at the rings while lines come.
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    /// The same when none came for a while; the first one ends it.
    private static final long SLEEP_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int BATCH = 64 << 10;
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.access_log");

    private final LineOutput output;
    private final TimeSource time;
    private final List<LineRing> rings = new CopyOnWriteArrayList<>();
    private final ByteBuffer batch;

    private volatile @Nullable Thread thread;
    private volatile boolean parked;
    private volatile boolean asleep;
    private volatile boolean finishing;
    private final AtomicLong failures = new AtomicLong();

    private long lookedAt;
    private long wroteAt;
    private long triedAt;
    private boolean failing;
    private long complainedAt;
    private long droppedWhenComplained;
    private int firstRing;

    /// @param longestLine in octets
    LineWriter(LineOutput output, int longestLine, TimeSource time) {
        this.output = output;
        this.time = time;
        this.batch = ByteBuffer.allocate(Math.max(BATCH, longestLine)).limit(0);
        long now = time.nanos();
        lookedAt = now;
        wroteAt = now;
        triedAt = now;
        complainedAt = now - MINUTE;
    }

    // ── any thread

    void add(LineRing ring) {
        rings.add(ring);
    }

    /// Whether it needs [#wake] to notice a line soon.
    boolean isAsleep() {
        return asleep;
    }

    /// There is something to do. Cheap when it is awake.
    void wake() {
        if (parked) {
            parked = false;
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    /// No line follows: writes what is there, and ends.
    void finish() {
        finishing = true;
        LockSupport.unpark(thread);
    }

    /// How often the output failed.
    long failures() {
        return failures.get();
    }

    long dropped() {
        return rings.stream().mapToLong(LineRing::dropped).sum();
    }

    // ── its own thread

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!finishing) {
            turn();
            pause();
        }
        // What cannot be written now is lost: whoever waits for the end is not kept.
        while (batch.hasRemaining() || fill()) {
            if (!write()) {
                break;
            }
        }
        output.close();
    }

    /// Writes what waits, and looks after itself.
    void turn() {
        long now = time.nanos();
        if (!failing || now - triedAt >= SECOND) {
            while (batch.hasRemaining() || fill()) {
                wroteAt = now;
                if (!write()) {
                    break;
                }
            }
        }
        if (now - lookedAt >= SECOND) {
            lookedAt = now;
            look();
            complain(now);
        }
    }

    private boolean fill() {
        batch.clear();
        int at = 0;
        int loops = rings.size();
        for (int i = 0; i < loops; i++) {
            LineRing ring = rings.get(Math.floorMod(firstRing + i, loops));
            at += ring.take(batch.array(), at, batch.capacity() - at);
        }
        firstRing++; // in turn: a loop with more lines than fit does not keep out the others
        batch.limit(at);
        return at > 0;
    }

    /// @return false when it failed; what is left is tried again later
    private boolean write() {
        triedAt = time.nanos();
        try {
            output.write(batch);
            if (failing) {
                failing = false;
                LOG.info("the access log is written again: {}", output);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            failed(e);
            return false;
        }
    }

    private void look() {
        try {
            output.look();
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Exception e) {
        failures.incrementAndGet();
        if (!failing) {
            failing = true;
            LOG.warn("the access log cannot be written: {}: {}; it is tried again each second", output, e.toString());
        }
    }

    /// Once a minute, and only when there is something to complain of.
    private void complain(long now) {
        long dropped = dropped() - droppedWhenComplained;
        if (dropped == 0 || now - complainedAt < MINUTE) {
            return;
        }
        complainedAt = now;
        droppedWhenComplained += dropped;
        LOG.warn("the access log dropped {} lines: {} does not take them as fast as they come", dropped, output);
    }

    private void pause() {
        boolean sleep = time.nanos() - wroteAt > SLEEP_NANOS;
        parked = true;
        asleep = sleep;
        if (!finishing) {
            LockSupport.parkNanos(this, sleep ? SLEEP_NANOS : PAUSE_NANOS);
        }
        parked = false;
        asleep = false;
    }
}
