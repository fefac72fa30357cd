package dev.gatehouse.otel;

import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.engine.telemetry.CounterSource;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// A collector in memory, that takes what it is sent or does not, and the counters of a gateway.
final class FakeCollector implements SpanExporter, CounterSource {
    final List<SpanData> spans = new ArrayList<>();
    final List<LogRecordData> records = new ArrayList<>();
    private final Map<String, AtomicLong> counts = new TreeMap<>();
    private boolean working = true;

    Collector collector(boolean logs) {
        return new Collector(
                "http://collector:4318",
                Resource.empty(),
                this,
                logs ? new Logs() : null,
                Duration.ofMillis(100),
                Executors.newVirtualThreadPerTaskExecutor());
    }

    void breaks() {
        working = false;
    }

    void works() {
        working = true;
    }

    long counted(String signal, String result) {
        return counts.getOrDefault(signal + " " + result, new AtomicLong()).get();
    }

    @Override
    public CounterFamily counter(String name, String help, String... labels) {
        return values -> {
            AtomicLong count = counts.computeIfAbsent(String.join(" ", values), _ -> new AtomicLong());
            return new Counter() {
                @Override
                public void add(long amount) {
                    count.addAndGet(amount);
                }

                @Override
                public long value() {
                    return count.get();
                }
            };
        };
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
        if (!working) {
            return CompletableResultCode.ofExceptionalFailure(new IllegalStateException("503"));
        }
        spans.addAll(batch);
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    private final class Logs implements LogRecordExporter {
        @Override
        public CompletableResultCode export(Collection<LogRecordData> batch) {
            if (!working) {
                return CompletableResultCode.ofFailure();
            }
            records.addAll(batch);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
