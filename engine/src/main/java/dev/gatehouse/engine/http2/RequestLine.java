package dev.gatehouse.engine.http2;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a request says before its fields (RFC 9113 §8.3.1), as slices.
///
/// @param target path and query
/// @param secure whether the scheme is `https`
/// @param protocol of an extended CONNECT (RFC 8441); null for any other request
@SuppressWarnings("ArrayRecordComponent") // octets nobody changes
public record RequestLine(
        byte[] method,
        int methodStart,
        int methodEnd,
        byte[] target,
        int targetStart,
        int targetEnd,
        byte[] authority,
        int authorityStart,
        int authorityEnd,
        boolean secure,
        byte @Nullable [] protocol) {
    boolean methodIs(byte[] word) {
        return Arrays.equals(method, methodStart, methodEnd, word, 0, word.length);
    }
}
