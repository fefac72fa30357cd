package dev.gatehouse.engine.telemetry.accesslog;

import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.SummarySink;

/// The access log of one loop: puts the line together and leaves it for the writer. On the loop's thread.
final class AccessLogSink implements SummarySink {
    private final Sampling sampling;
    private final LineComposer composer;
    private final LineRing ring;
    private final LineWriter writer;

    AccessLogSink(Sampling sampling, LineComposer composer, LineRing ring, LineWriter writer) {
        this.sampling = sampling;
        this.composer = composer;
        this.ring = ring;
        this.writer = writer;
    }

    @Override
    public void ended(ExchangeSummary summary) {
        if (!sampling.takes(summary)) {
            return;
        }
        Line line = composer.compose(summary);
        if (ring.leave(line.octets(), line.length()) || writer.isAsleep()) {
            writer.wake();
        }
    }
}
