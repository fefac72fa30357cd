package dev.gatehouse.engine.telemetry.recent;

import dev.gatehouse.engine.telemetry.recent.RequestFilter.Comparison;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a [RequestFilter], one character after the other.
final class FilterReader {
    private static final int MOST_LENGTH = 1000;
    private static final int MOST_DEPTH = 20;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern STATUS_CLASS = Pattern.compile("([1-5])xx");
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(?:\\.([0-9]{1,3}))?(us|µs|ms|s|m)");

    private final String text;
    private int at;
    private int depth;

    FilterReader(String text) {
        this.text = text;
    }

    Predicate<RecentRequest> read() throws FilterMistake {
        if (text.length() > MOST_LENGTH) {
            throw new FilterMistake(MOST_LENGTH, "a filter has at most " + MOST_LENGTH + " characters");
        }
        Predicate<RecentRequest> filter = any();
        if (!isEnd()) {
            throw mistake("expected && or ||");
        }
        return filter;
    }

    private Predicate<RecentRequest> any() throws FilterMistake {
        Predicate<RecentRequest> filter = all();
        while (take("||")) {
            filter = filter.or(all());
        }
        return filter;
    }

    private Predicate<RecentRequest> all() throws FilterMistake {
        Predicate<RecentRequest> filter = one();
        while (take("&&")) {
            filter = filter.and(one());
        }
        return filter;
    }

    private Predicate<RecentRequest> one() throws FilterMistake {
        if (++depth > MOST_DEPTH) {
            throw mistake("too many levels");
        }
        try {
            if (take("!")) {
                return one().negate();
            }
            if (!take("(")) {
                return comparison();
            }
            Predicate<RecentRequest> inner = any();
            if (!take(")")) {
                throw mistake("expected ')'");
            }
            return inner;
        } finally {
            depth--;
        }
    }

    private Predicate<RecentRequest> comparison() throws FilterMistake {
        skipBlanks();
        int start = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        FilterField field = FilterField.named(word);
        if (field == null) {
            at = start;
            throw mistake((word.isEmpty() ? "expected a field" : "there is no field '" + word + "'") + " (there are: "
                    + String.join(", ", FilterField.words()) + ")");
        }
        skipBlanks();
        int operatorAt = at;
        for (Comparison how : Comparison.values()) {
            if (take(how.sign())) {
                if (how.isOrder() && field.kind() == FilterField.Kind.TEXT) {
                    at = operatorAt;
                    throw mistake(word + " is a text: it is compared with ==, != or : (contains)");
                }
                return comparison(field, how);
            }
        }
        throw mistake("expected ==, !=, <, <=, >, >= or : after " + word);
    }

    private Predicate<RecentRequest> comparison(FilterField field, Comparison how) throws FilterMistake {
        skipBlanks();
        int valueAt = at;
        String value = value();
        Matcher statuses = STATUS_CLASS.matcher(value);
        if (field == FilterField.STATUS && statuses.matches()) {
            return RequestFilter.statusClass(how, Integer.parseInt(statuses.group(1)));
        }
        return switch (field.kind()) {
            case TEXT -> RequestFilter.text(field, how, value);
            case NUMBER -> {
                if (!NUMBER.matcher(value).matches()) {
                    at = valueAt;
                    throw mistake("expected a status such as 503 or 5xx");
                }
                yield RequestFilter.number(field, how, Long.parseLong(value));
            }
            case TIME -> RequestFilter.number(field, how, nanos(value, valueAt));
        };
    }

    private long nanos(String value, int valueAt) throws FilterMistake {
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            at = valueAt;
            throw mistake("expected a time with its unit, such as 100ms or 1.5s");
        }
        long unit = switch (time.group(3)) {
            case "ms" -> TimeUnit.MILLISECONDS.toNanos(1);
            case "s" -> TimeUnit.SECONDS.toNanos(1);
            case "m" -> TimeUnit.MINUTES.toNanos(1);
            default -> TimeUnit.MICROSECONDS.toNanos(1);
        };
        String fraction = time.group(2) == null ? "" : time.group(2);
        long thousandths = Long.parseLong((fraction + "000").substring(0, 3));
        return Long.parseLong(time.group(1)) * unit + thousandths * unit / 1000;
    }

    private String value() throws FilterMistake {
        if (isEnd()) {
            throw mistake("expected a value");
        }
        char quote = text.charAt(at);
        if (quote == '"' || quote == '\'') {
            int end = text.indexOf(quote, at + 1);
            if (end < 0) {
                throw mistake("this quote is not closed");
            }
            String quoted = text.substring(at + 1, end);
            at = end + 1;
            return quoted;
        }
        int start = at;
        while (at < text.length() && !isWordEnd()) {
            at++;
        }
        if (at == start) {
            throw mistake("expected a value; put it into quotes if it has blanks or signs in it");
        }
        return text.substring(start, at);
    }

    private boolean isWordEnd() {
        char c = text.charAt(at);
        return c <= ' ' || c == ')' || c == '(' || text.startsWith("&&", at) || text.startsWith("||", at);
    }

    private boolean take(String sign) {
        skipBlanks();
        if (text.startsWith(sign, at)) {
            at += sign.length();
            return true;
        }
        return false;
    }

    private boolean isEnd() {
        skipBlanks();
        return at == text.length();
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private FilterMistake mistake(String sentence) {
        return new FilterMistake(at + 1, sentence);
    }
}
