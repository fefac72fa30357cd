package dev.gatehouse.engine.config;

/// Some status codes: `200`, `2xx` or `200-299`.
///
/// @param first the lowest, from 100
/// @param last the highest, to 599
public record StatusRange(int first, int last) {
    public StatusRange {
        if (first < 100 || last > 599 || first > last) {
            throw new IllegalArgumentException("status " + first + "-" + last + " (expected: within 100 to 599)");
        }
    }

    /// @throws IllegalArgumentException with a sentence for the user
    public static StatusRange of(String text) {
        String plain = text.strip();
        try {
            if (plain.length() == 3 && plain.endsWith("xx")) {
                int hundred = Integer.parseInt(plain.substring(0, 1)) * 100;
                return new StatusRange(hundred, hundred + 99);
            }
            int dash = plain.indexOf('-');
            if (dash > 0) {
                return new StatusRange(
                        Integer.parseInt(plain.substring(0, dash).strip()),
                        Integer.parseInt(plain.substring(dash + 1).strip()));
            }
            int one = Integer.parseInt(plain);
            return new StatusRange(one, one);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no status (expected: 200, 2xx or 200-299)", e);
        }
    }

    public boolean contains(int status) {
        return status >= first && status <= last;
    }
}
