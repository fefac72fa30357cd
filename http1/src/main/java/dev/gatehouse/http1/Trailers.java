package dev.gatehouse.http1;

import io.netty.buffer.ByteBuf;

/// The trailer section of a chunked body (RFC 9112 §7.1.2). Fields that frame, route or identify a message mean
/// nothing here and must not be mistaken for the head's, so they are dropped (RFC 9110 §6.5.1).
public final class Trailers extends FieldBlock {
    private static final int MAX_SIZE = 8 << 10;
    private static final int MAX_FIELDS = 32;

    Progress parse(ByteBuf in) {
        while (in.isReadable()) {
            take(in, MAX_SIZE);
            Progress progress = parseFields(MAX_SIZE, MAX_FIELDS, HeadFault.TRAILERS_TOO_LARGE);
            if (progress == Progress.COMPLETE) {
                giveBack(in);
                for (int i = 0; i < count(); i++) {
                    if (known(i) != null) {
                        drop(i, true);
                    }
                }
            }
            if (progress != Progress.INCOMPLETE) {
                return progress;
            }
        }
        return Progress.INCOMPLETE;
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
