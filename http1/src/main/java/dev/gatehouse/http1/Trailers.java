package dev.gatehouse.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// The trailer section of a chunked body (RFC 9112 §7.1.2). Fields that frame, route or identify a message mean
/// nothing here and must not be mistaken for the head's, so they are dropped (RFC 9110 §6.5.1).
public final class Trailers extends ParsedBlock {
    /// 8 KiB, 32 fields; there is no start line.
    private static final HeadLimits LIMITS = new HeadLimits(8 << 10, 8 << 10, 32);

    /// Trailers the gateway makes itself.
    ///
    /// @param lines the fields, each with its line end
    /// @throws IllegalArgumentException when they are no fields
    public static Trailers of(String lines) {
        Trailers made = new Trailers();
        if (made.parse(Unpooled.wrappedBuffer((lines + "\r\n").getBytes(ISO_8859_1))) != Progress.COMPLETE) {
            throw new IllegalArgumentException("not fields: " + lines);
        }
        return made;
    }

    Progress parse(ByteBuf in) {
        return feed(in, LIMITS);
    }

    /// Parses a section that was put together elsewhere, with the empty line behind it.
    public Progress parseWhole(HeadWriter octets) {
        return feedWhole(octets, LIMITS);
    }

    @Override
    Progress advance(HeadLimits limits) {
        Progress progress = parseFields(limits, HeadFault.TRAILERS_TOO_LARGE);
        if (progress == Progress.COMPLETE) {
            for (int i = 0; i < count(); i++) {
                if (known(i) != null) {
                    drop(i, true);
                }
            }
        }
        return progress;
    }

    /// Whether nothing is left to write.
    public boolean isEmpty() {
        for (int i = 0; i < count(); i++) {
            if (!dropped(i)) {
                return false;
            }
        }
        return true;
    }
}
