package dev.gatehouse.engine.tls;

import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the operator of clients whose certificates are not believed: at most one line a second, however many
/// try. Used from all loops.
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long BETWEEN = 1_000_000_000L;

    private final AtomicLong next;
    private final LongAdder untold = new LongAdder();

    /// @param now in nanoseconds, on the clock of [#tell]
    RefusalLog(long now) {
        this.next = new AtomicLong(now);
    }

    /// @param failure what the handshake ended with; says nothing unless it was for the client's certificate
    /// @param from null when the client is gone already
    void tell(Throwable failure, @Nullable SocketAddress from, long now) {
        if (ClientCertificateException.reasonOf(failure) == null) {
            return;
        }
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + BETWEEN)) {
            untold.increment();
            return;
        }
        long more = untold.sumThenReset();
        LOG.info(
                "client {} was not let in: {}{}",
                from,
                ClientCertificateException.sentenceOf(failure),
                more == 0 ? "" : " (and " + more + " others since the last line)");
    }
}
