package dev.gatehouse.app.console;

import dev.gatehouse.engine.config.source.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One ended request, as the console shows it:
///
/// ```text
/// 12:04:31 200 GET  /menus/r42                    menu-service#2           3.1ms
/// 12:04:40 404 GET  /menu/r42                     –                        0.2ms  NO_ROUTE
/// ```
///
/// Plain values: it may be made on a loop and written anywhere else.
///
/// @param status of the answer; 0 when the client got none
/// @param path without the query, as it was matched
/// @param service that was asked last; null when none was
/// @param instance its place in the file, from 1; 0 when it is unknown
/// @param nanos from the request's first octet to the answer's last
/// @param what the gateway has to say about it: a reason, `denied: …`; empty for nothing
public record RequestLine(
        Instant at,
        int status,
        String method,
        String path,
        @Nullable String service,
        int instance,
        long nanos,
        String what) {
    private static final int METHOD_WIDTH = 4;
    private static final int PATH_WIDTH = 28;
    private static final int SERVICE_WIDTH = 18;
    private static final int TIME_WIDTH = 8;
    private static final String NONE = "–";
    private static final double NANOS_PER_MILLI = 1e6;

    /// Without a line end.
    ///
    /// @param zone of the time of day
    public String text(ZoneId zone, Ink ink) {
        StringBuilder line = new StringBuilder(128);
        clock(line, at.atZone(zone));
        line.append(' ').append(status(ink)).append(' ');
        pad(line, shortMethod(), METHOD_WIDTH).append(' ');
        pad(line, shortened(Ink.printable(path)), PATH_WIDTH).append("  ");
        pad(line, place(), SERVICE_WIDTH).append("  ");
        String took = duration(nanos);
        line.append(" ".repeat(Math.max(0, TIME_WIDTH - took.length()))).append(took);
        if (!what.isEmpty()) {
            line.append("  ").append(ink.dim(Ink.printable(what)));
        }
        return line.toString();
    }

    /// One JSON object on one line, every key always there.
    public String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", at.toString());
        fields.put("event", "request");
        fields.put("status", status);
        fields.put("method", method);
        fields.put("path", path);
        fields.put("service", service);
        fields.put("instance", instance == 0 ? null : instance);
        fields.put("ms", BigDecimal.valueOf(nanos, 6).setScale(3, RoundingMode.HALF_UP));
        fields.put("what", what.isEmpty() ? null : what);
        return Json.compact(fields);
    }

    private static void clock(StringBuilder line, ZonedDateTime time) {
        twoDigits(line, time.get(ChronoField.HOUR_OF_DAY)).append(':');
        twoDigits(line, time.get(ChronoField.MINUTE_OF_HOUR)).append(':');
        twoDigits(line, time.get(ChronoField.SECOND_OF_MINUTE));
    }

    private static StringBuilder twoDigits(StringBuilder line, int number) {
        return line.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private String status(Ink ink) {
        String text = status == 0 ? "–––" : Integer.toString(status);
        return switch (status / 100) {
            case 1, 2 -> ink.green(text);
            case 3 -> ink.cyan(text);
            case 4 -> ink.yellow(text);
            default -> ink.red(text);
        };
    }

    /// `DELETE` is `DEL`: four letters are enough to know each by, and columns stay where they are.
    private String shortMethod() {
        String clean = Ink.printable(method);
        return clean.length() <= METHOD_WIDTH ? clean : clean.substring(0, METHOD_WIDTH - 1);
    }

    /// Both ends of a long path tell more than its beginning alone.
    private static String shortened(String path) {
        if (path.length() <= PATH_WIDTH) {
            return path;
        }
        int head = PATH_WIDTH / 2;
        return path.substring(0, head) + "…" + path.substring(path.length() - (PATH_WIDTH - head - 1));
    }

    private String place() {
        if (service == null) {
            return NONE;
        }
        return instance == 0 ? service : service + "#" + instance;
    }

    private static StringBuilder pad(StringBuilder line, String text, int width) {
        return line.append(text).append(" ".repeat(Math.max(0, width - text.length())));
    }

    /// `0.3ms`, `412ms`, `1.2s`: one digit behind the point while it says something.
    public static String duration(long nanos) {
        double millis = nanos / NANOS_PER_MILLI;
        if (millis < 99.95) {
            return tenths(millis) + "ms";
        }
        return millis < 999.5 ? Math.round(millis) + "ms" : tenths(millis / 1000) + "s";
    }

    private static String tenths(double value) {
        long tenths = Math.round(value * 10);
        return tenths / 10 + "." + tenths % 10;
    }
}
