package dev.gatehouse.policy.auth.basic;

import dev.gatehouse.api.Text;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A user name and a password, as a request shows them.
///
/// @param password in UTF-8
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Credentials(String user, byte[] password) {
    /// Octets of both, before they are encoded: whatever is longer is nobody's password.
    private static final int LONGEST = 1024;

    /// RFC 7617 §2.
    ///
    /// @param text what follows the scheme
    /// @return null for what are no credentials
    static @Nullable Credentials read(Text text) {
        if (text.length() == 0 || text.length() > LONGEST / 3 * 4) {
            return null;
        }
        byte[] octets = new byte[text.length()];
        text.copyTo(octets, 0, octets.length);
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(octets);
        } catch (IllegalArgumentException e) {
            return null;
        }
        int colon = 0;
        while (colon < decoded.length && decoded[colon] != ':') {
            colon++;
        }
        if (colon == 0 || colon == decoded.length) {
            return null;
        }
        String both = utf8(decoded);
        if (both == null || both.chars().anyMatch(Character::isISOControl)) {
            return null;
        }
        return new Credentials(
                new String(decoded, 0, colon, StandardCharsets.UTF_8),
                Arrays.copyOfRange(decoded, colon + 1, decoded.length));
    }

    private static @Nullable String utf8(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /// Not the password.
    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
