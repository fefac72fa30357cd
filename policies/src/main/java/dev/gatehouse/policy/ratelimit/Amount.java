package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.limit.Rate;
import org.jspecify.annotations.Nullable;

/// How many: per a time (`60/min`), or a number alone, for which `window` says the time.
///
/// @param rate null for a number alone
public record Amount(long count, @Nullable Rate rate) {
    public Amount {
        if (count < 1) {
            throw new IllegalArgumentException(count + " (expected: at least 1)");
        }
    }

    /// `limit: 100`
    public static Amount of(int count) {
        return new Amount(count, null);
    }

    /// `limit: 60/min`, `limit: unlimited`
    public static Amount of(String rate) {
        Rate written = Rate.of(rate);
        return new Amount(written.count(), written);
    }

    boolean isUnlimited() {
        return rate != null && rate.isUnlimited();
    }
}
