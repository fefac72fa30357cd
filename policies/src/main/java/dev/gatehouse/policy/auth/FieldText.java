package dev.gatehouse.policy.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Text of any letters as the value of a field, which carries visible ASCII: whatever else there is, and the `%` that
/// tells of it, is written as the octets of its UTF-8 with a `%` in front of each (RFC 3986 §2.1).
final class FieldText {
    private FieldText() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(UTF_8)) {
            char c = (char) (octet & 0xff);
            if (isPlain(c)) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f && c != '%';
    }
}
