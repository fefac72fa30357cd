package dev.gatehouse.engine.telemetry.accesslog;

import dev.gatehouse.api.Text;
import dev.gatehouse.engine.config.Portion;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.TcpSummary;

/// Which exchanges get a line. Decided by the random part of the trace's id (W3C Trace Context Level 2 §3.2.3.3: its
/// last 56 bits), so that each gateway and each service that goes by it takes the same ones; a share of 5 % takes
/// none that one of 10 % does not. Immutable.
final class Sampling {
    private static final int RANDOM_BITS = 56;
    private static final int RANDOM_FROM = 21;
    private static final int RANDOM_TO = 35;

    private final long least;
    private final long leastOfErrors;

    Sampling(Portion all, Portion errors) {
        least = least(all);
        leastOfErrors = least(errors);
    }

    /// What the random part must be, at least.
    private static long least(Portion portion) {
        return Math.round((1 - portion.share()) * (1L << RANDOM_BITS));
    }

    boolean takes(ExchangeSummary summary) {
        long wanted = wentWrong(summary) ? leastOfErrors : least;
        return wanted == 0 || random(summary.traceparent()) >= wanted;
    }

    /// The same of a connection, which has no trace: decided by the last 56 bits of its id, which are random too.
    boolean takes(TcpSummary summary) {
        long wanted = summary.ending().isFailure() ? leastOfErrors : least;
        return wanted == 0 || random(summary.id()) >= wanted;
    }

    private static long random(String uuid) {
        String digits = uuid.replace("-", "");
        return Long.parseUnsignedLong(digits.substring(digits.length() - RANDOM_BITS / 4), 16);
    }

    /// Whether an exchange is one of those people look for: a 5xx, whoever made it, or an answer that was cut off.
    static boolean wentWrong(ExchangeSummary summary) {
        return summary.status() >= 500 || !summary.complete();
    }

    private static long random(Text traceparent) {
        if (traceparent.length() < RANDOM_TO) {
            return 0;
        }
        long value = 0;
        for (int i = RANDOM_FROM; i < RANDOM_TO; i++) {
            char c = traceparent.charAt(i);
            value = value << 4 | (c <= '9' ? c - '0' : c - 'a' + 10) & 15;
        }
        return value;
    }
}
