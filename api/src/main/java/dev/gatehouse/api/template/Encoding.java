package dev.gatehouse.api.template;

import java.nio.charset.StandardCharsets;

/// How a value is written so that it stays one value: whatever it holds, it ends nothing and begins nothing.
final class Encoding {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final String UNRESERVED = "-._~";

    /// What may stand in a segment beside the unreserved (RFC 3986 §3.3).
    private static final String SEGMENT = UNRESERVED + "!$&'()*+,;=:@";

    private Encoding() {}

    static void segment(StringBuilder out, CharSequence value) {
        percent(out, value, SEGMENT);
    }

    static void path(StringBuilder out, CharSequence value) {
        percent(out, value, SEGMENT + "/");
    }

    /// Only the unreserved: a `+` would be read as a space, `&`, `=` and `;` as the end of the value.
    static void query(StringBuilder out, CharSequence value) {
        percent(out, value, UNRESERVED);
    }

    /// RFC 9110 §5.5: no control characters. What is not ASCII goes as the octets of UTF-8, one char each.
    static void header(StringBuilder out, CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                int length = codePointLength(value, i);
                for (byte octet : utf8(value, i, length)) {
                    out.append((char) (octet & 0xff));
                }
                i += length - 1;
            } else {
                out.append(c < 0x20 || c == 0x7f ? ' ' : c);
            }
        }
    }

    /// For between the quotes of a JSON string (RFC 8259 §7).
    static void json(StringBuilder out, CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f) {
                out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
            } else {
                out.append(c);
            }
        }
    }

    /// For text and quoted attributes of HTML and XML. XML 1.0 has no way to write most control characters.
    static void markup(StringBuilder out, CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\t', '\n', '\r' -> out.append(c);
                default -> out.append(c < 0x20 ? '\uFFFD' : c);
            }
        }
    }

    private static void percent(StringBuilder out, CharSequence value, String allowed) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                if (isAlphanumeric(c) || allowed.indexOf(c) >= 0) {
                    out.append(c);
                } else {
                    escape(out, c);
                }
            } else {
                int length = codePointLength(value, i);
                for (byte octet : utf8(value, i, length)) {
                    escape(out, octet & 0xff);
                }
                i += length - 1;
            }
        }
    }

    private static void escape(StringBuilder out, int octet) {
        out.append('%').append(HEX[octet >> 4]).append(HEX[octet & 15]);
    }

    private static int codePointLength(CharSequence value, int i) {
        boolean pair = Character.isHighSurrogate(value.charAt(i))
                && i + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(i + 1));
        return pair ? 2 : 1;
    }

    private static byte[] utf8(CharSequence value, int i, int length) {
        return value.subSequence(i, i + length).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
