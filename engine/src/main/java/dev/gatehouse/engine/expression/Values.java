package dev.gatehouse.engine.expression;

import org.jspecify.annotations.Nullable;

/// How values compare: texts with texts, numbers with numbers, true with false. A text beside a number is read as a
/// number. What cannot be compared is neither equal nor different.
final class Values {
    /// What a comparison says that cannot be made; every other answer is -1, 0 or 1.
    static final int NONE = Integer.MIN_VALUE;

    /// More digits are no number anybody compares.
    private static final int MAX_DIGITS = 40;

    private Values() {}

    /// @return 0 when they are equal, 1 when they are not, or [#NONE]
    static int equal(@Nullable Object a, @Nullable Object b) {
        if (a instanceof CharSequence one && b instanceof CharSequence other) {
            return same(one, other) ? 0 : 1;
        }
        if (a instanceof Boolean && b instanceof Boolean) {
            return a.equals(b) ? 0 : 1;
        }
        int order = order(a, b);
        return order == NONE ? NONE : Math.abs(order);
    }

    /// The order of two numbers, or of a number and a text that is one; two texts have none, since `10` would come
    /// before `9`.
    static int order(@Nullable Object a, @Nullable Object b) {
        Number one = number(a);
        Number other = number(b);
        if (one == null || other == null) {
            return NONE;
        }
        if (one instanceof Long left && other instanceof Long right) {
            return Long.compare(left, right);
        }
        double left = one.doubleValue();
        double right = other.doubleValue();
        return left < right ? -1 : left > right ? 1 : left == right ? 0 : NONE;
    }

    private static boolean same(CharSequence a, CharSequence b) {
        int length = a.length();
        if (length != b.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Number number(@Nullable Object value) {
        return switch (value) {
            case Long whole -> whole;
            case Integer whole -> whole.longValue();
            case Number other -> other.doubleValue();
            case CharSequence text -> read(text);
            case null, default -> null;
        };
    }

    /// Digits, with a sign and a point or without: not what else Java takes for a number.
    private static @Nullable Number read(CharSequence text) {
        int length = text.length();
        int at = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        if (at == length || length > MAX_DIGITS) {
            return null;
        }
        long whole = 0;
        int point = -1;
        for (int i = at; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.' && point < 0 && i > at && i < length - 1) {
                point = i;
            } else if (c < '0' || c > '9') {
                return null;
            }
            whole = whole * 10 + (c - '0');
        }
        if (point < 0 && length - at <= 18) {
            return at == 0 ? whole : -whole;
        }
        return Double.valueOf(text.toString());
    }
}
