package dev.gatehouse.engine.config;

/// A part of a whole, written `5%`, `0.5%` or `0.05`.
///
/// @param value from 0, none, to 1, all
public record Share(double value) {
    public static final Share ALL = new Share(1);

    public Share {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a share of " + value + " (expected: 0% to 100%)");
        }
    }

    /// @throws IllegalArgumentException with a sentence for the user
    public static Share of(String text) {
        String plain = text.strip();
        boolean percent = plain.endsWith("%");
        String number = percent ? plain.substring(0, plain.length() - 1).strip() : plain;
        if (!number.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw new IllegalArgumentException("'" + text + "' is no share (expected: 5%, or 0.05)");
        }
        double value = Double.parseDouble(number) / (percent ? 100 : 1);
        if (value > 1) {
            throw new IllegalArgumentException("'" + text + "' is more than all (expected: 0% to 100%)");
        }
        return new Share(value);
    }

    @Override
    public String toString() {
        double percent = value * 100;
        return (percent == Math.rint(percent) ? Long.toString(Math.round(percent)) : Double.toString(percent)) + "%";
    }
}
