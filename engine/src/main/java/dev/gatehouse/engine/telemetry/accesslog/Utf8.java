package dev.gatehouse.engine.telemetry.accesslog;

import dev.gatehouse.api.Text;

/// Characters in UTF-8 (RFC 3629) among octets of which nobody knows what they are.
final class Utf8 {
    private Utf8() {}

    /// How many octets the character at `at` has; 0 when there is none: a stray octet, an overlong form, half of a
    /// surrogate pair.
    static int length(Text text, int at) {
        int first = text.charAt(at);
        if (first < 0x80) {
            return 1;
        }
        int length = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : 4;
        if (first < 0xc2 || first > 0xf4 || at + length > text.length()) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((text.charAt(at + i) & 0xc0) != 0x80) {
                return 0;
            }
        }
        int second = text.charAt(at + 1);
        boolean outside = switch (first) {
            case 0xe0 -> second < 0xa0;
            case 0xed -> second > 0x9f;
            case 0xf0 -> second < 0x90;
            case 0xf4 -> second > 0x8f;
            default -> false;
        };
        return outside ? 0 : length;
    }

    /// The number of the character at `at`, which has `length` octets.
    static int codePoint(Text text, int at, int length) {
        int first = text.charAt(at);
        int value = length == 2 ? first & 0x1f : length == 3 ? first & 0x0f : first & 0x07;
        for (int i = 1; i < length; i++) {
            value = value << 6 | text.charAt(at + i) & 0x3f;
        }
        return value;
    }

    /// Whether it ends a line for some reader, steers a terminal, or turns the direction of what follows.
    static boolean misleads(int codePoint) {
        return (codePoint >= 0x80 && codePoint < 0xa0)
                || (codePoint >= 0x200e && codePoint <= 0x200f)
                || (codePoint >= 0x2028 && codePoint <= 0x202e)
                || (codePoint >= 0x2066 && codePoint <= 0x2069)
                || codePoint == 0x061c
                || codePoint == 0xfeff;
    }
}
