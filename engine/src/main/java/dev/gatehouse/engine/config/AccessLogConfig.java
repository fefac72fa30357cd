package dev.gatehouse.engine.config;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.template.Template;
import dev.gatehouse.api.template.TemplatePart;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One line for each request: where it is written, in which form, and what is kept out of it.
@Settings(
        name = "telemetry.access_log",
        value = "One line for each request: where it is written, in which form, and what is kept out of it.")
public record AccessLogConfig(
        @Setting(value = "Whether there is one; access_log: none is the same as false.", byDefault = "true")
        boolean enabled,

        @Setting("Where lines go: stdout, stderr, { file: … } or { syslog: … }. Left out: stdout.")
        AccessLogTargetConfig to,

        @Setting(value = "json, or a line of your own with places such as {client.ip} or {status}.", byDefault = "json")
        String format,

        @Setting(
                value = "More fields of the JSON object, by name; the values are texts with places such as"
                        + " {header.x-tenant}.",
                max = "32")
        Map<String, String> fields,

        @Setting(value = "Share of the requests that get a line: 10% or 0.1.", byDefault = "100%")
        Portion sample,

        @Setting(
                value = "The same for those that went wrong: status 500 or above, or an answer that was cut off.",
                byDefault = "100%")
        Portion sampleErrors,

        @Setting("Values that are written as ***, as header.NAME or query.NAME; beyond those that always are, such as"
                + " header.authorization.")
        List<String> redact,

        @Setting(
                value =
                        "Room for lines that are not written yet, for each event loop; when it is full, lines are dropped"
                                + " and counted.",
                byDefault = "1MiB",
                min = "256KiB",
                max = "64MiB")
        int buffer) {
    /// The format that is not a template.
    public static final String JSON = "json";

    /// What a log never holds, whatever else is redacted.
    public static final List<String> ALWAYS_REDACTED = List.of(
            "header.authorization",
            "header.proxy-authorization",
            "header.cookie",
            "header.x-api-key",
            "query.access_token",
            "query.id_token",
            "query.token",
            "query.api_key",
            "query.apikey",
            "query.password",
            "query.secret",
            "query.client_secret");

    /// The fields each line of JSON has, in order.
    public static final List<String> FIELDS = List.of(
            "timestamp",
            "message",
            "method",
            "path",
            "status_code",
            "duration_ms",
            "client_ip",
            "user_agent",
            "correlation_id",
            "route",
            "service",
            "instance",
            "consumer",
            "bytes_in",
            "bytes_out",
            "trace_id",
            "error_code");

    /// JSON on standard output, for every request.
    public static final AccessLogConfig DEFAULT = new AccessLogConfig(
            true,
            AccessLogTargetConfig.of(AccessLogTargetConfig.Stream.STDOUT),
            JSON,
            Map.of(),
            Portion.ALL,
            Portion.ALL,
            List.of(),
            1 << 20);

    private static final int LONGEST_FORMAT = 4096;
    private static final int LONGEST_FIELD = 256;
    private static final int MOST_FIELDS = 32;
    private static final int MOST_PLACES = 64;

    /// The section in one word.
    public enum InShort {
        NONE,
        STDOUT,
        STDERR
    }

    public AccessLogConfig {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        redact = List.copyOf(redact);
        if (!format.equals(JSON)) {
            checkLine(format);
            if (!fields.isEmpty()) {
                throw new IllegalArgumentException("fields: only JSON has fields (expected: format: json)");
            }
        }
        checkFields(fields);
        redact.forEach(AccessLogConfig::checkRedacted);
        Check.between("buffer", buffer, 256 << 10, 64 << 20);
    }

    /// `access_log: none`, `access_log: stdout`
    public static AccessLogConfig of(InShort word) {
        return switch (word) {
            case NONE ->
                new AccessLogConfig(
                        false,
                        DEFAULT.to,
                        DEFAULT.format,
                        DEFAULT.fields,
                        DEFAULT.sample,
                        DEFAULT.sampleErrors,
                        DEFAULT.redact,
                        DEFAULT.buffer);
            case STDOUT -> DEFAULT;
            case STDERR -> DEFAULT.withTarget(AccessLogTargetConfig.of(AccessLogTargetConfig.Stream.STDERR));
        };
    }

    public boolean isJson() {
        return format.equals(JSON);
    }

    public AccessLogConfig withTarget(AccessLogTargetConfig other) {
        return new AccessLogConfig(enabled, other, format, fields, sample, sampleErrors, redact, buffer);
    }

    public AccessLogConfig withFormat(String other) {
        return new AccessLogConfig(enabled, to, other, fields, sample, sampleErrors, redact, buffer);
    }

    public AccessLogConfig withFields(Map<String, String> others) {
        return new AccessLogConfig(enabled, to, format, others, sample, sampleErrors, redact, buffer);
    }

    public AccessLogConfig withSample(Portion all, Portion errors) {
        return new AccessLogConfig(enabled, to, format, fields, all, errors, redact, buffer);
    }

    public AccessLogConfig withRedact(List<String> others) {
        return new AccessLogConfig(enabled, to, format, fields, sample, sampleErrors, others, buffer);
    }

    // Whether names are known is for the loader to say, which knows their places. The bounds keep the longest line
    // there can be within the least buffer.

    private static void checkLine(String format) {
        long places = places("format", format, LONGEST_FORMAT);
        if (places == 0) {
            throw new IllegalArgumentException("format: '" + format
                    + "' is the same for every request (expected: json, or a line with places such" + " as {status})");
        }
        Check.between("format: places", places, 1, MOST_PLACES);
    }

    private static void checkFields(Map<String, String> fields) {
        Check.between("fields", fields.size(), 0, MOST_FIELDS);
        long places = 0;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            String where = "fields." + field.getKey();
            if (FIELDS.contains(field.getKey())) {
                throw new IllegalArgumentException(where + ": is there already (expected: another name)");
            }
            Check.between(where + ": characters of its name", field.getKey().length(), 1, LONGEST_FIELD);
            places += places(where, field.getValue(), LONGEST_FIELD);
        }
        Check.between("fields: places", places, 0, MOST_PLACES);
    }

    /// How many places the text has.
    private static long places(String where, String text, int longest) {
        Check.between(where + ": characters", text.length(), 0, longest);
        if (text.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
            throw new IllegalArgumentException(
                    where + ": holds the end of a line or another control character (expected: one line)");
        }
        Check.template(where, text);
        long places = 0;
        for (TemplatePart part : Template.parse(text).parts()) {
            if (part instanceof TemplatePart.Place) {
                places++;
            }
        }
        return places;
    }

    private static void checkRedacted(String fact) {
        boolean header = fact.startsWith("header.");
        String name = fact.substring(fact.indexOf('.') + 1);
        if ((!header && !fact.startsWith("query.")) || name.isEmpty()) {
            throw new IllegalArgumentException("redact: '" + fact + "' (expected: header.NAME or query.NAME)");
        }
        if (header) {
            try {
                HeaderName.of(name);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("redact: " + e.getMessage(), e);
            }
        }
    }
}
