package dev.gatehouse.engine.telemetry;

import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What watches the exchanges of one loop.
public final class LoopTelemetry {
    private static final Logger LOG = LoggerFactory.getLogger(LoopTelemetry.class);
    private static final SummarySink[] NOBODY = {};

    private final TraceTokens tokens;
    private volatile SummarySink[] sinks = NOBODY;
    private volatile boolean all;

    LoopTelemetry(TraceTokens tokens) {
        this.tokens = tokens;
    }

    /// Whether what happens to this request is to be written down: always, or because its client shows a token.
    public boolean isRecording(ParsedRequest request) {
        return all || (tokens.areOut() && shows(request));
    }

    private boolean shows(ParsedRequest request) {
        int field = request.find(KnownField.GATEHOUSE_TRACE);
        return field >= 0 && tokens.isValid(request.value(field));
    }

    /// An exchange is over.
    public void ended(ExchangeSummary summary) {
        for (SummarySink sink : sinks) {
            try {
                sink.ended(summary);
            } catch (RuntimeException e) {
                LOG.error("{} failed on a summary", sink, e);
            }
        }
    }

    /// An exchange has become a tunnel.
    ///
    /// @return hears of what passes
    public TunnelCounter tunnelBegan(ExchangeSummary summary) {
        TunnelCounter all = TunnelCounter.NONE;
        for (SummarySink sink : sinks) {
            TunnelCounter one = sink.tunnelBegan(summary);
            all = all == TunnelCounter.NONE ? one : one == TunnelCounter.NONE ? all : all.and(one);
        }
        return all;
    }

    /// A connection that was passed on is over.
    public void ended(TcpSummary summary) {
        for (SummarySink sink : sinks) {
            try {
                sink.ended(summary);
            } catch (RuntimeException e) {
                LOG.error("{} failed on the summary of a connection", sink, e);
            }
        }
    }

    void sinks(List<SummarySink> now) {
        sinks = now.toArray(NOBODY);
    }

    void recordAll(boolean on) {
        all = on;
    }
}
