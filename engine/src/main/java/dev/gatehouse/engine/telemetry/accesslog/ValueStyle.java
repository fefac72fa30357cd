package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// How a value stands in a line: escaped so that it ends nothing and begins nothing, whatever a client sent.
enum ValueStyle {
    /// A value of a JSON object; one that is missing is `null`.
    JSON(true, true, "null"),
    /// Between the quotes of a JSON string, beside other text; one that is missing is nothing.
    JSON_PART(true, false, ""),
    /// In a line of the user's own; one that is missing is `-`.
    PLAIN(false, false, "-");

    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    private final boolean json;
    private final boolean quoted;
    private final byte[] missing;

    /// ASCII characters that stand as they are, wherever they come.
    private final boolean[] plain = new boolean[128];

    ValueStyle(boolean json, boolean quoted, String missing) {
        this.json = json;
        this.quoted = quoted;
        this.missing = missing.getBytes(US_ASCII);
        for (int c = ' '; c < 0x7f; c++) {
            plain[c] = c != '"' && c != '\\';
        }
    }

    /// Whether texts have quotes around them.
    boolean quoted() {
        return quoted;
    }

    byte[] missing() {
        return missing;
    }

    boolean isPlain(char c) {
        return c < 128 && plain[c];
    }

    /// Writes an ASCII character that may not stand as it is.
    ///
    /// @return the place behind it: 2 to 6 octets further on
    int escape(int c, byte[] out, int at) {
        int next = at;
        out[next++] = '\\';
        if (c == '"' || c == '\\') {
            out[next++] = (byte) c;
            return next;
        }
        if (!json) {
            out[next++] = 'x';
            return hex(c, 2, out, next);
        }
        int letter = "\b\t\n\f\r".indexOf(c);
        if (letter >= 0) {
            out[next++] = (byte) "btnfr".charAt(letter);
            return next;
        }
        out[next++] = 'u';
        return hex(c, 4, out, next);
    }

    /// Writes an octet that is no part of a character in UTF-8.
    int broken(int octet, byte[] out, int at) {
        return json ? unicode(0xfffd, out, at) : escape(octet, out, at);
    }

    /// Writes a character of the basic plane by its number: one that would steer a terminal or a reader's eye.
    int unicode(int c, byte[] out, int at) {
        out[at] = '\\';
        out[at + 1] = 'u';
        return hex(c, 4, out, at + 2);
    }

    private static int hex(int value, int digits, byte[] out, int at) {
        int next = at;
        for (int digit = digits - 1; digit >= 0; digit--) {
            out[next++] = HEX[(value >>> (digit * 4)) & 15];
        }
        return next;
    }
}
