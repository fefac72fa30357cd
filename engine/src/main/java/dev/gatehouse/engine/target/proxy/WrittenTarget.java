package dev.gatehouse.engine.target.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.ParsedRequest;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Paths and hosts the user wrote, read by the same parser that reads those of clients: so that they compare, octet by
/// octet, and nothing can be written here that would be refused there.
final class WrittenTarget {
    private WrittenTarget() {}

    /// A path prefix in normal form, without a `/` at its end.
    static byte[] prefix(String written) {
        ParsedRequest request = written.startsWith("/") && written.indexOf('?') < 0 ? parse(written, "a") : null;
        if (request == null || request.hasEncodedSlash() || request.hasEncodedBackslash()) {
            throw new IllegalArgumentException(
                    "strip_prefix: '" + written + "' is not the beginning of a path, such as /api");
        }
        int end = request.pathEnd();
        while (end > request.pathStart() && request.bytes()[end - 1] == '/') {
            end--;
        }
        return Arrays.copyOfRange(request.bytes(), request.pathStart(), end);
    }

    /// A host with an optional port.
    static byte[] host(String written) {
        ParsedRequest request = parse("/", written);
        if (request == null) {
            throw new IllegalArgumentException(
                    "host: '" + written + "' is not pass, service, or a host such as api.example or 10.0.0.1:8080");
        }
        return Arrays.copyOfRange(request.bytes(), request.hostStart(), request.hostEnd());
    }

    private static @Nullable ParsedRequest parse(String target, String host) {
        if (!(target + host).chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            return null;
        }
        String head = "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
        ParsedRequest request = new ParsedRequest();
        return request.parse(Unpooled.wrappedBuffer(head.getBytes(ISO_8859_1)), HeadLimits.DEFAULT) == Progress.COMPLETE
                ? request
                : null;
    }
}
