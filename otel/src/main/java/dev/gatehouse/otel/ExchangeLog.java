package dev.gatehouse.otel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;

/// An exchange as a log record: the fields of the access log by their names, tied to the span of the exchange.
record ExchangeLog(
        Resource resource, SpanContext context, long time, long seen, Severity severity, Attributes attributes)
        implements LogRecordData {
    private static final String MESSAGE = "API Request";

    /// @param now nanoseconds of the epoch
    static ExchangeLog of(SeenExchange exchange, Resource resource, long now) {
        AttributesBuilder attributes = Attributes.builder()
                .put(Names.LOG_METHOD, exchange.method())
                .put(Names.LOG_PATH, exchange.path())
                .put(Names.LOG_STATUS, (long) exchange.status())
                .put(Names.LOG_DURATION, Math.round(exchange.durationNanos() / 1_000.0) / 1_000.0)
                .put(Names.LOG_CLIENT, exchange.client().getHostAddress())
                .put(Names.LOG_CORRELATION, exchange.requestId())
                .put(Names.LOG_BYTES_IN, exchange.bytesIn())
                .put(Names.LOG_BYTES_OUT, exchange.bytesOut());
        if (exchange.userAgent() != null) {
            attributes.put(Names.LOG_USER_AGENT, exchange.userAgent());
        }
        if (exchange.route() != null) {
            attributes.put(Names.LOG_ROUTE, exchange.route());
        }
        if (exchange.service() != null) {
            attributes.put(Names.LOG_SERVICE, exchange.service());
        }
        if (exchange.instance() != null) {
            attributes.put(Names.LOG_INSTANCE, exchange.instance());
        }
        if (exchange.consumer() != null) {
            attributes.put(Names.LOG_CONSUMER, exchange.consumer());
        }
        if (exchange.failure() != null) {
            attributes.put(Names.LOG_ERROR, exchange.failure().name());
        }
        return new ExchangeLog(
                resource,
                new TraceIds(exchange).server(),
                exchange.endNanos(),
                now,
                exchange.isError() ? Severity.ERROR : Severity.INFO,
                attributes.build());
    }

    @Override
    public Resource getResource() {
        return resource;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return FinishedSpan.SCOPE;
    }

    @Override
    public long getTimestampEpochNanos() {
        return time;
    }

    @Override
    public long getObservedTimestampEpochNanos() {
        return seen;
    }

    @Override
    public SpanContext getSpanContext() {
        return context;
    }

    @Override
    public Severity getSeverity() {
        return severity;
    }

    @Override
    public String getSeverityText() {
        return severity.name();
    }

    @Override
    public Value<?> getBodyValue() {
        return Value.of(MESSAGE);
    }

    @Override
    @Deprecated // still abstract in the SDK
    public io.opentelemetry.sdk.logs.data.Body getBody() {
        return io.opentelemetry.sdk.logs.data.Body.string(MESSAGE);
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }
}
