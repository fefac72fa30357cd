package dev.gatehouse.engine.config;

import dev.gatehouse.api.template.Template;
import dev.gatehouse.api.template.TemplateException;
import java.net.InetAddress;
import java.time.Duration;

/// The bounds of settings, said the same way everywhere: where, what was found, what was expected.
final class Check {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String V4 = OCTET + "(\\." + OCTET + "){3}";

    private Check() {}

    static void between(String where, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(where + ": " + value + " (expected: " + min
                    + (max == Long.MAX_VALUE ? " or more" : " to " + max) + ")");
        }
    }

    static void atLeast(String where, Duration value, Duration min) {
        if (value.compareTo(min) < 0) {
            throw new IllegalArgumentException(
                    where + ": " + value.toMillis() + "ms (expected: >= " + min.toMillis() + "ms)");
        }
    }

    static void template(String where, String text) {
        try {
            Template.parse(text);
        } catch (TemplateException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    /// JSON whose texts are templates.
    static void jsonTemplate(String where, String json) {
        try {
            Template.parseJson(json);
        } catch (TemplateException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    /// An address, or a range of addresses such as `10.0.0.0/8`.
    static void range(String where, String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean v6 = address.indexOf(':') >= 0;
        if (!(v6 ? isV6(address) : address.matches(V4)) || (slash >= 0 && !isPrefix(text.substring(slash + 1), v6))) {
            throw new IllegalArgumentException(
                    where + ": '" + text + "' (expected: an address or a range such as 10.0.0.0/8)");
        }
    }

    private static boolean isV6(String address) {
        try {
            return address.indexOf('%') < 0 && InetAddress.ofLiteral(address).getAddress().length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPrefix(String length, boolean v6) {
        return length.matches("[0-9]{1,3}") && Integer.parseInt(length) <= (v6 ? 128 : 32);
    }

    static void between(String where, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(where + ": " + value.toMillis() + "ms (expected: " + min.toMillis()
                    + "ms to " + max.toMillis() + "ms)");
        }
    }
}
