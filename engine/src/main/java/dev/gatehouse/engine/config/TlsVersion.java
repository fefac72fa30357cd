package dev.gatehouse.engine.config;

import java.util.Locale;

/// A version of TLS that may be spoken, as people write it: `1.2`, `"1.3"`, `TLSv1.2`, `tls1.3`. Older ones are not
/// offered (RFC 8996).
///
/// @param protocol as TLS libraries call it
public record TlsVersion(String protocol) implements Comparable<TlsVersion> {
    public static final TlsVersion TLS_1_2 = new TlsVersion("TLSv1.2");
    public static final TlsVersion TLS_1_3 = new TlsVersion("TLSv1.3");

    /// @throws IllegalArgumentException for a version that is too old, or none
    public static TlsVersion of(String text) {
        String number =
                text.toLowerCase(Locale.ROOT).replaceFirst("^tls[ _]?v?", "").replace('_', '.');
        return switch (number) {
            case "1.2" -> TLS_1_2;
            case "1.3" -> TLS_1_3;
            case "1.0", "1", "1.1" ->
                throw new IllegalArgumentException(
                        "'" + text + "' is broken and not offered (RFC 8996); the oldest is \"1.2\"");
            default -> throw new IllegalArgumentException("'" + text + "' (expected: \"1.2\" or \"1.3\")");
        };
    }

    @Override
    public int compareTo(TlsVersion other) {
        return protocol.compareTo(other.protocol);
    }

    @Override
    public String toString() {
        return protocol;
    }
}
