package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.config.AccessLogTargetConfig.Facility;
import dev.gatehouse.engine.telemetry.ExchangeSummary;

/// What a message to a syslog server begins with (RFC 5424 §6.2): `<134>1 2026-11-22T12:04:31.123Z host shop 4711
/// access
/// - `. An exchange that went wrong is an error, every other one informational. Without the mark of UTF-8 that §6.4
/// wants
/// before such a message: readers of JSON stumble over it.
final class SyslogHeader {
    /// Octets it has at most.
    static final int LONGEST = 400;

    private static final int ERROR = 3;
    private static final int INFORMATIONAL = 6;
    private static final int LONGEST_HOST = 255;
    private static final int LONGEST_APP = 48;

    private final byte[] error;
    private final byte[] informational;
    private final byte[] source;

    /// @param host the name of this machine; empty when nobody knows
    /// @param app what the gateway is called
    SyslogHeader(Facility facility, String host, String app, long pid) {
        error = ("<" + (facility.code() * 8 + ERROR) + ">1 ").getBytes(US_ASCII);
        informational = ("<" + (facility.code() * 8 + INFORMATIONAL) + ">1 ").getBytes(US_ASCII);
        source = (" " + visible(host, LONGEST_HOST) + " " + visible(app, LONGEST_APP) + " " + pid + " access - ")
                .getBytes(US_ASCII);
    }

    void write(ExchangeSummary summary, Line line) {
        line.raw(Sampling.wentWrong(summary) ? error : informational);
        line.timestamp(summary.startedMillis(), ValueStyle.PLAIN);
        line.raw(source);
    }

    /// What a field of the header may hold: ASCII that can be seen, without spaces.
    private static String visible(String text, int longest) {
        String plain = text.replaceAll("[^!-~]", "_");
        return plain.isEmpty() ? "-" : plain.substring(0, Math.min(plain.length(), longest));
    }
}
