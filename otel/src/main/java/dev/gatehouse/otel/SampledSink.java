package dev.gatehouse.otel;

import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.SummarySink;

/// Copies what is recorded of one loop into its inbox. On the loop's thread.
final class SampledSink implements SummarySink {
    private final Inbox inbox;
    private final boolean logs;
    private final Deliveries deliveries;
    private final Runnable wake;

    /// @param logs whether every exchange is sent, as a log record at least
    /// @param wake called while much waits: cheap when it was called before
    SampledSink(Inbox inbox, boolean logs, Deliveries deliveries, Runnable wake) {
        this.inbox = inbox;
        this.logs = logs;
        this.deliveries = deliveries;
        this.wake = wake;
    }

    @Override
    public void ended(ExchangeSummary summary) {
        boolean sampled = summary.isSampled();
        if (!sampled && !logs) {
            return;
        }
        if (!inbox.offer(SeenExchange.of(summary))) {
            deliveries.count(Deliveries.Result.QUEUE_FULL, sampled ? 1 : 0, logs ? 1 : 0);
        } else if (inbox.isHalfFull()) {
            wake.run();
        }
    }
}
