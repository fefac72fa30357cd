package dev.gatehouse.engine.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.http1.FieldBlock;
import dev.gatehouse.http1.FieldEdits;
import java.util.List;

/// The fields in which a call of gRPC ends: in the trailers, or in the head of an answer that has nothing else.
public final class GrpcFields {
    /// What [#status] says where there is none.
    public static final int NO_STATUS = -1;

    private static final byte[] STATUS = "grpc-status".getBytes(US_ASCII);
    private static final int STATUS_HASH = FieldBlock.hash(STATUS);

    /// All of them, in lower case.
    static final List<byte[]> NAMES =
            List.of(STATUS, "grpc-message".getBytes(US_ASCII), "grpc-status-details-bin".getBytes(US_ASCII));

    private GrpcFields() {}

    /// Takes all of them away.
    public static void remove(FieldEdits fields) {
        for (byte[] name : NAMES) {
            fields.remove(name, FieldBlock.hash(name));
        }
    }

    /// The number in `grpc-status`, or [#NO_STATUS].
    public static int status(FieldBlock fields) {
        int field = fields.find(STATUS, STATUS_HASH, 0);
        if (field < 0) {
            return NO_STATUS;
        }
        int from = fields.valueStart(field);
        int to = fields.valueEnd(field);
        if (from == to || to - from > 2) {
            return NO_STATUS;
        }
        int code = 0;
        for (int i = from; i < to; i++) {
            int digit = fields.bytes()[i] - '0';
            if (digit < 0 || digit > 9) {
                return NO_STATUS;
            }
            code = code * 10 + digit;
        }
        return code;
    }
}
