package dev.gatehouse.engine.routing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Finds one `name=value` in a query or in cookies, over the request's own octets. Only a value with escapes is
/// copied.
final class Pairs {
    private Pairs() {}

    /// Whether the first parameter of the condition's name meets it. Names and values are compared decoded, `+`
    /// being a space, as forms are sent.
    static boolean query(RouteRequest request, FieldCondition condition) {
        byte[] bytes = request.octets();
        int to = request.queryEnd();
        for (int at = request.queryStart(); at < to; ) {
            int end = indexOf('&', bytes, at, to);
            int equals = indexOf('=', bytes, at, end);
            if (isName(bytes, at, equals, condition.octets)) {
                return passes(condition.test, bytes, Math.min(equals + 1, end), end);
            }
            at = end + 1;
        }
        return condition.pattern instanceof ValuePattern.Absent;
    }

    /// Whether the first cookie of the condition's name meets it (RFC 6265 §4.2.1). Values are compared as they
    /// came.
    static boolean cookie(RouteRequest request, FieldCondition condition) {
        byte[] bytes = request.octets();
        byte[] name = condition.octets;
        for (int field = request.find(condition.header, 0);
                field >= 0;
                field = request.find(condition.header, field + 1)) {
            int to = request.valueEnd(field);
            for (int at = request.valueStart(field); at < to; ) {
                int end = indexOf(';', bytes, at, to);
                int start = at;
                while (start < end && bytes[start] == ' ') {
                    start++;
                }
                int equals = indexOf('=', bytes, start, end);
                if (equals < end && Arrays.equals(bytes, start, equals, name, 0, name.length)) {
                    return condition.test.passes(bytes, equals + 1, end);
                }
                at = end + 1;
            }
        }
        return condition.pattern instanceof ValuePattern.Absent;
    }

    private static int indexOf(char wanted, byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private static boolean isName(byte[] bytes, int from, int to, byte[] name) {
        int n = 0;
        for (int at = from; at < to; at += width(bytes, at, to)) {
            if (n == name.length || octet(bytes, at, to) != (name[n++] & 0xff)) {
                return false;
            }
        }
        return n == name.length;
    }

    private static boolean passes(ValuePattern.Test test, byte[] bytes, int from, int to) {
        if (indexOf('%', bytes, from, to) == to && indexOf('+', bytes, from, to) == to) {
            return test.passes(bytes, from, to);
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(to - from);
        for (int at = from; at < to; at += width(bytes, at, to)) {
            decoded.write(octet(bytes, at, to));
        }
        byte[] value = decoded.toByteArray();
        return test.passes(value, 0, value.length);
    }

    private static int width(byte[] bytes, int at, int to) {
        return bytes[at] == '%' && at + 2 < to ? 3 : 1;
    }

    private static int octet(byte[] bytes, int at, int to) {
        byte b = bytes[at];
        if (b == '%' && at + 2 < to) {
            return Character.digit(bytes[at + 1], 16) * 16 + Character.digit(bytes[at + 2], 16) & 0xff;
        }
        return b == '+' ? ' ' : b & 0xff;
    }
}
