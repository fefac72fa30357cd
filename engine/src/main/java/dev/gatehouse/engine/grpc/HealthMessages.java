package dev.gatehouse.engine.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The two messages of `grpc.health.v1.Health/Check`, each with the five octets before it: a question that names a
/// service, and an answer that says how it is. One field each, read and written by hand.
public final class HealthMessages {
    public static final String CHECK = "/grpc.health.v1.Health/Check";

    /// The service is well; every other status says that it is not, or that nobody knows.
    public static final int SERVING = 1;

    public static final int NOT_SERVING = 2;

    /// What [#status] says of octets that are no answer.
    public static final int MALFORMED = -1;

    /// What is read of a message at most: one that names a service is shorter.
    public static final int LONGEST = 1024;

    private static final int PREFIX = 5;
    private static final int SERVICE_FIELD = 1 << 3 | 2;
    private static final int STATUS_FIELD = 1 << 3;

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;

    private HealthMessages() {}

    /// @param service empty for the server as a whole
    public static byte[] question(String service) {
        byte[] name = service.getBytes(UTF_8);
        if (name.length > 127) {
            throw new IllegalArgumentException("a name of more than 127 octets");
        }
        if (name.length == 0) {
            return framed(new byte[0]);
        }
        return framed(ByteBuffer.allocate(name.length + 2)
                .put((byte) SERVICE_FIELD)
                .put((byte) name.length)
                .put(name)
                .array());
    }

    public static byte[] answer(int status) {
        return framed(new byte[] {STATUS_FIELD, (byte) status});
    }

    private static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(PREFIX + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    /// How the service is, by the whole body of an answer; [#MALFORMED] when it is none.
    public static int status(byte[] body) {
        ByteBuffer message = message(body);
        try {
            int status = 0;
            while (message != null && message.hasRemaining()) {
                int field = (int) varint(message);
                if (field == STATUS_FIELD) {
                    status = (int) varint(message);
                } else {
                    skip(message, field);
                }
            }
            return message == null ? MALFORMED : status;
        } catch (BufferUnderflowException | IllegalArgumentException _) {
            return MALFORMED;
        }
    }

    /// The service that is asked for, by the whole body of a question; null when it is none.
    public static @Nullable String service(byte[] body) {
        ByteBuffer message = message(body);
        try {
            String service = "";
            while (message != null && message.hasRemaining()) {
                int field = (int) varint(message);
                if (field == SERVICE_FIELD) {
                    byte[] name = new byte[length(message)];
                    message.get(name);
                    service = new String(name, UTF_8);
                } else {
                    skip(message, field);
                }
            }
            return message == null ? null : service;
        } catch (BufferUnderflowException | IllegalArgumentException _) {
            return null;
        }
    }

    /// What follows the prefix; null when that is not exactly one message, as it is.
    private static @Nullable ByteBuffer message(byte[] body) {
        if (body.length < PREFIX) {
            return null;
        }
        ByteBuffer octets = ByteBuffer.wrap(body);
        boolean plain = octets.get() == 0;
        return plain && octets.getInt() == octets.remaining() ? octets : null;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than ten octets");
    }

    /// The length that comes next, of octets that are all there.
    private static int length(ByteBuffer in) {
        long length = varint(in);
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return (int) length;
    }

    private static void skip(ByteBuffer in, int field) {
        int octets = switch (field & 7) {
            case VARINT -> {
                varint(in);
                yield 0;
            }
            case FIXED_64 -> 8;
            case FIXED_32 -> 4;
            case LENGTH -> length(in);
            default -> throw new IllegalArgumentException("a field of kind " + (field & 7));
        };
        in.position(in.position() + Math.min(octets, in.remaining() + 1));
    }
}
