package dev.gatehouse.engine.config;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.api.template.Template;
import dev.gatehouse.api.template.TemplateException;
import java.time.Duration;

/// The bounds of settings, said the same way everywhere: where, what was found, what was expected.
final class Check {
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
        try {
            Cidr.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    static void between(String where, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(where + ": " + value.toMillis() + "ms (expected: " + min.toMillis()
                    + "ms to " + max.toMillis() + "ms)");
        }
    }
}
