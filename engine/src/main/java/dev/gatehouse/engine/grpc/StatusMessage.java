package dev.gatehouse.engine.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The value of `grpc-message`: text in UTF-8 whose octets beyond visible ASCII, and `%`, are escaped.
public final class StatusMessage {
    private StatusMessage() {}

    public static String encoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(UTF_8)) {
            if (octet >= ' ' && octet <= '~' && octet != '%') {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(digit(octet >> 4)).append(digit(octet));
            }
        }
        return encoded.toString();
    }

    private static char digit(int nibble) {
        return Character.toUpperCase(Character.forDigit(nibble & 15, 16));
    }
}
