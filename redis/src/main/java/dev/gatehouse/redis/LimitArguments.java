package dev.gatehouse.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitTake;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Wishes in the words of [Script#LIMITS].
final class LimitArguments {
    private static final byte[] PARTS = "parts".getBytes(US_ASCII);
    private static final byte[] GCRA = "gcra".getBytes(US_ASCII);
    private static final byte[] FIXED = "fixed".getBytes(US_ASCII);
    private static final byte[] CALENDAR = "calendar".getBytes(US_ASCII);
    private static final byte[] ZERO = number(0);
    private static final int PER_WISH = 7;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// Numbers of a script are floating point: whole ones are exact up to 2^53, also when two of these are added.
    private static final long MOST = 1L << 52;

    private LimitArguments() {}

    /// @param mode `take`, `look` or `back`
    /// @param now microseconds since 1970; empty for the server's clock
    /// @param extras how many more may be taken for each; null for none
    static byte[][] of(byte[] mode, byte[] now, List<LimitTake> wishes, long @Nullable [] extras) {
        byte[][] arguments = new byte[2 + PER_WISH * wishes.size()][];
        arguments[0] = mode;
        arguments[1] = now;
        for (int i = 0; i < wishes.size(); i++) {
            write(wishes.get(i), extras == null ? 0 : extras[i], arguments, 2 + PER_WISH * i);
        }
        return arguments;
    }

    private static void write(LimitTake wish, long extra, byte[][] into, int at) {
        into[at + 2] = number(wish.cost());
        into[at + 3] = number(extra);
        into[at + 5] = ZERO;
        into[at + 6] = ZERO;
        switch (wish.rule()) {
            case LimitRule.SlidingWindow rule -> counted(PARTS, rule.limit(), rule.windowMillis(), into, at);
            case LimitRule.Concurrency rule -> counted(PARTS, rule.limit(), rule.leaseMillis(), into, at);
            case LimitRule.FixedWindow rule -> counted(FIXED, rule.limit(), rule.windowMillis(), into, at);
            case LimitRule.Gcra rule -> counted(GCRA, rule.burst(), interval(rule), into, at);
            case LimitRule.Calendar rule -> {
                counted(CALENDAR, rule.limit(), 0, into, at);
                into[at + 5] = number(rule.fromMillis());
                into[at + 6] = number(rule.untilMillis());
            }
        }
    }

    static boolean isGivenBack(LimitTake taken) {
        return taken.rule() instanceof LimitRule.Concurrency && taken.cost() > 0;
    }

    private static void counted(byte[] kind, long capacity, long time, byte[][] into, int at) {
        into[at] = kind;
        into[at + 1] = number(capacity);
        into[at + 4] = number(time);
    }

    /// Nanoseconds between two of the flow; rounded up, so that it is never more than the limit.
    private static long interval(LimitRule.Gcra rule) {
        return Math.max(1, Math.ceilDiv(rule.windowMillis() * NANOS_PER_MILLI, rule.limit()));
    }

    private static byte[] number(long value) {
        return Long.toString(Math.min(value, MOST)).getBytes(US_ASCII);
    }
}
