package dev.gatehouse.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The name of a field, made once and kept in a constant: what it is compared by is worked out when it is made.
///
/// Names are compared with letters in any case (RFC 9110 §5.1). The hash treats `_` as `-`, because the engine's
/// table of fields does; equality does not.
public final class HeaderName {
    public static final HeaderName ACCEPT = of("Accept");
    public static final HeaderName ALLOW = of("Allow");
    public static final HeaderName CACHE_CONTROL = of("Cache-Control");
    public static final HeaderName CONTENT_TYPE = of("Content-Type");
    public static final HeaderName LOCATION = of("Location");
    public static final HeaderName RETRY_AFTER = of("Retry-After");
    public static final HeaderName SERVER = of("Server");
    public static final HeaderName USER_AGENT = of("User-Agent");
    public static final HeaderName WWW_AUTHENTICATE = of("WWW-Authenticate");

    private final String name;
    private final byte[] wire;
    private final byte[] lowerCase;
    private final int hash;

    private HeaderName(String name) {
        this.name = name;
        this.wire = name.getBytes(StandardCharsets.US_ASCII);
        this.lowerCase = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        // The engine's own hash of names, so that a look-up needs no other: see its FieldBlock.
        int n = lowerCase.length;
        int h = n;
        for (int at : new int[] {0, n / 2, n * 3 / 4, n - 1}) {
            h = 31 * h + (lowerCase[at] == '_' ? '-' : lowerCase[at]);
        }
        this.hash = h;
    }

    /// @throws IllegalArgumentException when `name` is not a token (RFC 9110 §5.6.2)
    public static HeaderName of(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a field name may not be empty");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean token = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
            if (!token) {
                throw new IllegalArgumentException("not a field name: '" + name + "'");
            }
        }
        return new HeaderName(name);
    }

    /// The octets as they are written. Shared: never written to.
    public byte[] wire() {
        return wire;
    }

    /// The octets in lower case. Shared: never written to.
    public byte[] lowerCase() {
        return lowerCase;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HeaderName that && Arrays.equals(lowerCase, that.lowerCase);
    }

    /// The name as it was given.
    @Override
    public String toString() {
        return name;
    }
}
