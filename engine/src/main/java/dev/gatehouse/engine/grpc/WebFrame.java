package dev.gatehouse.engine.grpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.http1.FieldBlock;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/// The last message of an answer in gRPC-Web: the fields that are trailers elsewhere, one line each, names in lower
/// case, behind five octets that tell what it is and how long.
final class WebFrame {
    private static final byte TRAILERS = (byte) 0x80;
    private static final int PREFIX = 5;

    private WebFrame() {}

    /// Of trailers, as far as they are to be passed on.
    static byte[] of(FieldBlock trailers) {
        return of(trailers, field -> true);
    }

    /// Of an answer that has nothing but a head: what of it speaks of the call's end.
    static byte[] ofHead(FieldBlock head) {
        return of(head, field -> isOfStatus(head, field));
    }

    private static boolean isOfStatus(FieldBlock head, int field) {
        List<byte[]> names = GrpcFields.NAMES;
        return names.stream().anyMatch(name -> head.name(field).equalsIgnoreCase(new String(name, ISO_8859_1)));
    }

    private static byte[] of(FieldBlock fields, IntPredicate which) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0, n = fields.count(); i < n; i++) {
            if (!fields.dropped(i) && which.test(i)) {
                lines.append(fields.name(i).toLowerCase(Locale.ROOT))
                        .append(": ")
                        .append(fields.value(i))
                        .append("\r\n");
            }
        }
        byte[] octets = lines.toString().getBytes(ISO_8859_1);
        return ByteBuffer.allocate(PREFIX + octets.length)
                .put(TRAILERS)
                .putInt(octets.length)
                .put(octets)
                .array();
    }
}
