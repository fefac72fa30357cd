package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.config.Word;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Traces of exchanges, sent to a collector. Needs a module that sends them: without one the file is refused.
@Settings(name = "telemetry.tracing", value = "Traces of exchanges, sent to a collector by OTLP over HTTP.")
public record TracingConfig(
        @Setting(
                "Where the collector takes OTLP over HTTP, usually port 4318 (4317 is for gRPC). /v1/traces and /v1/logs are"
                        + " added to it.")
        String otlp,

        @Setting(
                value = "Share of exchanges that are recorded; a trusted peer that has decided already is followed.",
                byDefault = "5%")
        Portion sample,

        @Setting(
                value =
                        "Header fields a trace is read from and told to services in: tracecontext (W3C), b3 (one field),"
                                + " b3multi (X-B3-…). Both of b3 read either form; tracecontext wins over them.",
                byDefault = "tracecontext",
                min = "1")
        List<Propagation> propagate,

        @Setting("Header fields of every call of the collector, such as a token.")
        Map<String, String> headers,

        @Setting("Attributes of everything that is sent, such as deployment.environment.name.")
        Map<String, String> attributes,

        @Setting(value = "Send each exchange as a log record too, recorded or not.", byDefault = "false")
        boolean logs,

        @Setting(value = "Compression of calls: none or gzip.", byDefault = "none")
        Compression compression,

        @Setting(
                value = "Time between two calls while there is something to send.",
                byDefault = "1s",
                min = "10ms",
                max = "1m")
        Duration interval,

        @Setting(
                value = "Time one call may take, its repetitions included; then what it carried is given up.",
                byDefault = "10s",
                min = "100ms",
                max = "1m")
        Duration timeout,

        @Setting(
                value = "Exchanges that may wait to be sent, on each event loop; those that find no place are counted.",
                byDefault = "2048",
                min = "64",
                max = "65536")
        int queue) {
    private static final TracingConfig DEFAULT = new TracingConfig(
            "http://localhost:4318",
            Portion.of("5%"),
            List.of(Propagation.TRACECONTEXT),
            Map.of(),
            Map.of(),
            false,
            Compression.NONE,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            2048);

    /// How a trace is told in header fields.
    public enum Propagation {
        /// `traceparent` and `tracestate` (W3C Trace Context).
        TRACECONTEXT,
        /// `b3`.
        B3,
        /// `X-B3-TraceId` and its like.
        @Word("b3multi")
        B3_MULTI
    }

    /// How calls of the collector are made smaller.
    public enum Compression {
        NONE,
        GZIP
    }

    public TracingConfig {
        otlp = base(otlp);
        propagate = List.copyOf(propagate);
        headers = inOrder(headers);
        attributes = inOrder(attributes);
        if (propagate.isEmpty()) {
            throw new IllegalArgumentException("propagate: nothing (expected: tracecontext, b3 or b3multi)");
        }
        headers.forEach((name, value) -> field(name, value));
        Check.between("interval", interval, Duration.ofMillis(10), Duration.ofMinutes(1));
        Check.between("timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        Check.between("queue", queue, 64, 65536);
    }

    /// To this collector, with every other setting as it is by default.
    public static TracingConfig to(String otlp) {
        return new TracingConfig(
                otlp,
                DEFAULT.sample,
                DEFAULT.propagate,
                DEFAULT.headers,
                DEFAULT.attributes,
                DEFAULT.logs,
                DEFAULT.compression,
                DEFAULT.interval,
                DEFAULT.timeout,
                DEFAULT.queue);
    }

    public TracingConfig withSample(String share) {
        return new TracingConfig(
                otlp, Portion.of(share), propagate, headers, attributes, logs, compression, interval, timeout, queue);
    }

    public TracingConfig withPropagation(Propagation... formats) {
        return new TracingConfig(
                otlp, sample, List.of(formats), headers, attributes, logs, compression, interval, timeout, queue);
    }

    public TracingConfig withLogs() {
        return new TracingConfig(
                otlp, sample, propagate, headers, attributes, true, compression, interval, timeout, queue);
    }

    /// Whether the address is the port on which collectors speak gRPC, which nobody here does.
    public boolean isGrpcPort() {
        return URI.create(otlp).getPort() == 4317;
    }

    /// Without the slash at its end.
    private static String base(String otlp) {
        String plain = otlp.endsWith("/") ? otlp.substring(0, otlp.length() - 1) : otlp;
        boolean good;
        try {
            URI uri = URI.create(plain);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            good = (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            good = false;
        }
        if (!good || plain.endsWith("/v1/traces") || plain.endsWith("/v1/logs")) {
            throw new IllegalArgumentException("otlp: '" + otlp
                    + "' (expected: the address of a collector without /v1/traces, such as http://localhost:4318)");
        }
        return plain;
    }

    private static void field(String name, String value) {
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            throw new IllegalArgumentException("headers: '" + name + "' (expected: the name of a header field)");
        }
        if (!value.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f))) {
            // The value may be a token: it is not repeated.
            throw new IllegalArgumentException(
                    "headers: the value of '" + name + "' has characters a header field cannot have");
        }
    }

    private static Map<String, String> inOrder(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /// Without the values of [#headers], among which there are tokens.
    @Override
    public String toString() {
        return "TracingConfig[otlp=" + otlp + ", sample=" + sample + ", propagate=" + propagate + ", headers="
                + headers.keySet() + ", attributes=" + attributes + ", logs=" + logs + ", compression=" + compression
                + ", interval=" + interval + ", timeout=" + timeout + ", queue=" + queue + "]";
    }
}
