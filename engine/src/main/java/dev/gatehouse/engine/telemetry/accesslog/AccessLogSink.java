package dev.gatehouse.engine.telemetry.accesslog;

import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.SummarySink;
import dev.gatehouse.engine.telemetry.TcpSummary;

/// The access log of one loop: puts the line together and leaves it for the writer. On the loop's thread.
final class AccessLogSink implements SummarySink {
    private final Sampling sampling;
    private final LineComposer composer;
    private final LineComposer connections;
    private final LineRing ring;
    private final LineWriter writer;

    /// @param composer of the lines of requests
    /// @param connections of those of connections that are passed on
    AccessLogSink(
            Sampling sampling, LineComposer composer, LineComposer connections, LineRing ring, LineWriter writer) {
        this.sampling = sampling;
        this.composer = composer;
        this.connections = connections;
        this.ring = ring;
        this.writer = writer;
    }

    @Override
    public void ended(ExchangeSummary summary) {
        if (sampling.takes(summary)) {
            leave(composer.compose(summary));
        }
    }

    @Override
    public void ended(TcpSummary summary) {
        if (sampling.takes(summary)) {
            leave(connections.compose(new ConnectionView(summary)));
        }
    }

    private void leave(Line line) {
        if (ring.leave(line.octets(), line.length()) || writer.isAsleep()) {
            writer.wake();
        }
    }
}
