package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.engine.config.AccessLogConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The values that are written as `***`: those of the configuration and those that always are. Names are compared with
/// letters in any case, for parameters too: a log that hides too much does less harm than one that hides too little.
final class Redaction {
    static final String MARK = "***";

    private final Set<String> headers = new HashSet<>();
    private final Set<String> parameters = new HashSet<>();
    private final byte[][] parameterNames;

    /// @param more `header.NAME` or `query.NAME`
    Redaction(List<String> more) {
        List<String> all = new ArrayList<>(AccessLogConfig.ALWAYS_REDACTED);
        all.addAll(more);
        for (String fact : all) {
            int dot = fact.indexOf('.');
            String name = fact.substring(dot + 1).toLowerCase(Locale.ROOT);
            (fact.startsWith("header.") ? headers : parameters).add(name);
        }
        parameterNames = parameters.stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    boolean hidesHeader(String name) {
        return headers.contains(name.toLowerCase(Locale.ROOT));
    }

    boolean hidesParameter(String name) {
        return parameters.contains(name.toLowerCase(Locale.ROOT));
    }

    /// As [#hidesParameter(String)], for a decoded name that stands in an array.
    boolean hidesParameter(byte[] octets, int length) {
        for (byte[] name : parameterNames) {
            if (name.length == length && equalsInAnyCase(name, octets)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equalsInAnyCase(byte[] lowerCase, byte[] octets) {
        for (int i = 0; i < lowerCase.length; i++) {
            int c = octets[i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    /// For a value that is hidden.
    static byte[] mark() {
        return MARK.getBytes(ISO_8859_1);
    }
}
