package dev.gatehouse.engine.telemetry.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gatehouse.engine.config.AccessLogConfig;
import dev.gatehouse.engine.config.Portion;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.SampleSummary;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// The log is on the path of every request, and makes no garbage there.
class LineAllocationTest {
    private static final int ROUNDS = 20_000;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void a_line_of_json_makes_no_object() {
        LineWriter writer = new LineWriter(StreamOutput.stdout(), 1024, new FakeTime("2026-11-22T12:00:00Z"));
        AccessLogSink sink = new AccessLogSink(
                new Sampling(Portion.of("99%"), Portion.ALL),
                new LineComposer(LineFormat.of(AccessLogConfig.DEFAULT), null),
                new LineComposer(LineFormat.ofConnections(AccessLogConfig.DEFAULT), null),
                new LineRing(1 << 20),
                writer);
        ExchangeSummary summary = new SampleSummary();
        log(sink, summary);
        long before = thread.getCurrentThreadAllocatedBytes();
        log(sink, summary);
        long made = thread.getCurrentThreadAllocatedBytes() - before;
        // Less than one octet for each line: what is there is the loop and the measuring.
        assertThat(made).isLessThan(ROUNDS);
    }

    private static void log(AccessLogSink sink, ExchangeSummary summary) {
        for (int round = 0; round < ROUNDS; round++) {
            sink.ended(summary);
        }
    }
}
