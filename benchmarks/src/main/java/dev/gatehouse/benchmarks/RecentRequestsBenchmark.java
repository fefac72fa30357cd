package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.SummarySink;
import dev.gatehouse.engine.telemetry.recent.RecentRequests;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Remembering a request that a service answered: what every exchange pays for `why` and `tail`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecentRequestsBenchmark {
    private final SummarySink sink = new RecentRequests(1).on(0);
    private final Served served = new Served();

    @Benchmark
    public void served() {
        served.number++;
        sink.ended(served);
    }

    /// A plain 200, in octets as a head has them.
    private static final class Served implements ExchangeSummary {
        private final byte[] head =
                "01931f6e-0d4c-7c41-a2d5-0f4c8f1c2b3a GET /menus/r42/items/weekly".getBytes(US_ASCII);
        private final InetAddress client = InetAddress.getLoopbackAddress();
        private long number;

        @Override
        public Text requestId() {
            return Text.view(head, 0, 36);
        }

        @Override
        public Text method() {
            return Text.view(head, 37, 40);
        }

        @Override
        public Text path() {
            return Text.view(head, 41, head.length);
        }

        @Override
        public @Nullable Text query() {
            return null;
        }

        @Override
        public String protocol() {
            return "HTTP/1.1";
        }

        @Override
        public Text host() {
            return Text.view(head, 0, 0);
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public @Nullable Text header(HeaderName name) {
            return null;
        }

        @Override
        public InetAddress clientAddress() {
            return client;
        }

        @Override
        public @Nullable String route() {
            return "GET /menus/{id}/items/{list}";
        }

        @Override
        public String routePlace() {
            return "gateway.yaml:12:5";
        }

        @Override
        public @Nullable String service() {
            return "menu-service";
        }

        @Override
        public @Nullable String instance() {
            return "10.0.3.11:8080";
        }

        @Override
        public int attempts() {
            return 1;
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public @Nullable FailureKind failure() {
            return null;
        }

        @Override
        public @Nullable String message() {
            return null;
        }

        @Override
        public @Nullable String decidedBy() {
            return null;
        }

        @Override
        public boolean complete() {
            return true;
        }

        @Override
        public List<PolicyStep> shadows() {
            return List.of();
        }

        @Override
        public long bytesIn() {
            return 0;
        }

        @Override
        public long bytesOut() {
            return 1234;
        }

        @Override
        public long startedMillis() {
            return number;
        }

        @Override
        public long durationNanos() {
            return number;
        }

        @Override
        public long serviceNanos() {
            return number;
        }

        @Override
        public Text traceparent() {
            return Text.view(head, 0, 0);
        }

        @Override
        public DecisionTrace trace() {
            throw new IllegalStateException("nobody asks why a service answered");
        }

        @Override
        public boolean isRecorded() {
            return false;
        }
    }
}
