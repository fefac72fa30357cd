package dev.gatehouse.otel;

import dev.gatehouse.engine.config.TracingConfig;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where spans and log records go, and as whose.
///
/// @param address for messages
/// @param resource who sends them
/// @param logs null when no log records are sent
/// @param timeout of a call, its repetitions included
/// @param calls runs the calls; closed with this
record Collector(
        String address,
        Resource resource,
        SpanExporter spans,
        @Nullable LogRecordExporter logs,
        Duration timeout,
        ExecutorService calls)
        implements AutoCloseable {
    static Collector of(TracingConfig config, String gateway, RetryPolicy retries) {
        ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
        return new Collector(
                config.otlp(),
                resource(config, gateway),
                spans(config, retries, calls),
                config.logs() ? logs(config, retries, calls) : null,
                config.timeout(),
                calls);
    }

    private static Resource resource(TracingConfig config, String gateway) {
        AttributesBuilder attributes = Attributes.builder().put(Names.SERVICE_NAME, gateway);
        config.attributes().forEach(attributes::put);
        return Resource.getDefault().merge(Resource.create(attributes.build()));
    }

    private static SpanExporter spans(TracingConfig config, RetryPolicy retries, ExecutorService calls) {
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(config.otlp() + "/v1/traces")
                .setCompression(compression(config))
                .setTimeout(config.timeout())
                .setConnectTimeout(config.timeout())
                .setMeterProvider(MeterProvider.noop())
                .setRetryPolicy(retries)
                .setServiceClassLoader(Collector.class.getClassLoader())
                .setExecutorService(calls);
        config.headers().forEach(builder::addHeader);
        return builder.build();
    }

    private static LogRecordExporter logs(TracingConfig config, RetryPolicy retries, ExecutorService calls) {
        OtlpHttpLogRecordExporterBuilder builder = OtlpHttpLogRecordExporter.builder()
                .setEndpoint(config.otlp() + "/v1/logs")
                .setCompression(compression(config))
                .setTimeout(config.timeout())
                .setConnectTimeout(config.timeout())
                .setMeterProvider(MeterProvider.noop())
                .setRetryPolicy(retries)
                .setServiceClassLoader(Collector.class.getClassLoader())
                .setExecutorService(calls);
        config.headers().forEach(builder::addHeader);
        return builder.build();
    }

    private static String compression(TracingConfig config) {
        return config.compression().name().toLowerCase(Locale.ROOT);
    }

    /// Waits for a call that was begun.
    void await(CompletableResultCode call) {
        call.join(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Cuts off calls that are under way, whose end the client would wait for otherwise.
    @Override
    public void close() {
        calls.shutdownNow();
        spans.shutdown();
        if (logs != null) {
            logs.shutdown();
        }
    }
}
