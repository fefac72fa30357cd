package dev.gatehouse.engine.config;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Some of many: `10%` or `0.1`.
///
/// @param share from 0, none, to 1, all
public record Portion(double share) {
    public static final Portion ALL = new Portion(1);
    public static final Portion NONE = new Portion(0);

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,9})?)(%?)");

    public Portion {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(share + " (expected: a share from 0 to 1)");
        }
    }

    /// @throws IllegalArgumentException with a sentence for the user
    public static Portion of(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (written.matches()) {
            boolean percent = !written.group(2).isEmpty();
            double share = new BigDecimal(written.group(1))
                    .movePointLeft(percent ? 2 : 0)
                    .doubleValue();
            if (share <= 1) {
                return new Portion(share);
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no share (expected: 0% to 100%, or 0 to 1, like 5% or 0.05)");
    }

    /// As a user may write it: `5%`.
    @Override
    public String toString() {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
}
