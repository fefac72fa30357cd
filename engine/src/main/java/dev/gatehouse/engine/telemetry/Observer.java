package dev.gatehouse.engine.telemetry;

/// Sees the exchanges of a gateway: the metrics, the access log, the ring of recent requests, an exporter of traces.
/// Opened when a configuration begins to run, closed when it no longer does.
public interface Observer extends AutoCloseable {
    /// What hears of the exchanges of one loop. Asked once for each.
    ///
    /// @param loop its number, from 0
    SummarySink on(int loop);

    /// No exchange follows. What is still to be written is written; may wait.
    @Override
    void close();
}
