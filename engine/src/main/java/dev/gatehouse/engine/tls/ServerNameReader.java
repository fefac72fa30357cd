package dev.gatehouse.engine.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the host that a client names (SNI) in the octets its TLS begins with, and leaves them as they are: they are
/// for somebody else. The hello may come in pieces, and be spread over several records (RFC 8446 §4.1.2, §5.1;
/// RFC 6066 §3). Every length is held against what is there; nothing is made room for because a length says so.
/// For one connection.
public final class ServerNameReader {
    /// What is known so far.
    public enum Progress {
        /// More octets are needed.
        INCOMPLETE,
        /// The hello is whole; [#serverName] is known.
        COMPLETE,
        /// These octets do not begin TLS.
        NOT_TLS,
        /// It is TLS, but no hello that makes sense, or a larger one than is read.
        BROKEN
    }

    /// Octets that are looked at, the headers of records included.
    public static final int LIMIT = 16 << 10;

    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE = 22;
    private static final int MAJOR_VERSION = 3;
    private static final int MESSAGE_HEADER = 4;
    private static final int CLIENT_HELLO = 1;
    private static final int VERSION_AND_RANDOM = 2 + 32;
    private static final int SERVER_NAME = 0;
    private static final int HOST_NAME = 0;
    private static final int LONGEST_NAME = 255;

    /// The message, without the headers of records.
    private byte[] message = new byte[512];

    private int length;

    /// How many octets of the input are in the message already, headers of records included.
    private int taken;

    private @Nullable String serverName;

    /// Thrown within this class only.
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed() {
            super(null, null, false, false);
        }
    }

    /// Looks at all octets that came so far, from the first one on; consumes none.
    public Progress read(ByteBuf in) {
        while (true) {
            int at = in.readerIndex() + taken;
            int there = in.readableBytes() - taken;
            if (there > 0 && in.getByte(at) != HANDSHAKE) {
                return taken == 0 ? Progress.NOT_TLS : Progress.BROKEN;
            }
            if (there > 1 && in.getByte(at + 1) != MAJOR_VERSION) {
                return taken == 0 ? Progress.NOT_TLS : Progress.BROKEN;
            }
            int fragment = there < RECORD_HEADER ? -1 : in.getUnsignedShort(at + 3);
            if (fragment == 0 || taken + RECORD_HEADER + fragment > LIMIT) {
                return Progress.BROKEN;
            }
            if (fragment < 0 || there < RECORD_HEADER + fragment) {
                return Progress.INCOMPLETE;
            }
            append(in, at + RECORD_HEADER, fragment);
            taken += RECORD_HEADER + fragment;
            Progress progress = messageSoFar();
            if (progress != Progress.INCOMPLETE) {
                return progress;
            }
        }
    }

    /// The host the client names, in lower case and without a dot at its end; null when it names none.
    public @Nullable String serverName() {
        return serverName;
    }

    private void append(ByteBuf in, int at, int count) {
        if (length + count > message.length) {
            message = Arrays.copyOf(message, Math.min(LIMIT, Math.max(length + count, 2 * message.length)));
        }
        in.getBytes(at, message, length, count);
        length += count;
    }

    private Progress messageSoFar() {
        if (message[0] != CLIENT_HELLO) {
            return Progress.BROKEN;
        }
        if (length < MESSAGE_HEADER) {
            return Progress.INCOMPLETE;
        }
        int body = (message[1] & 0xff) << 16 | (message[2] & 0xff) << 8 | message[3] & 0xff;
        if (MESSAGE_HEADER + body > LIMIT) {
            return Progress.BROKEN;
        }
        if (length < MESSAGE_HEADER + body) {
            return Progress.INCOMPLETE;
        }
        try {
            serverName = serverName(new Part(MESSAGE_HEADER, MESSAGE_HEADER + body));
            return Progress.COMPLETE;
        } catch (Malformed e) {
            return Progress.BROKEN;
        }
    }

    private @Nullable String serverName(Part hello) throws Malformed {
        hello.skip(VERSION_AND_RANDOM);
        Part session = hello.vector(1);
        Part ciphers = hello.vector(2);
        Part compression = hello.vector(1);
        if (session.size() > 32 || ciphers.size() < 2 || ciphers.size() % 2 != 0 || compression.size() < 1) {
            throw new Malformed();
        }
        if (hello.size() == 0) {
            return null; // TLS 1.2 may do without extensions
        }
        Part extensions = hello.vector(2);
        hello.done();
        String found = null;
        boolean seen = false;
        while (extensions.size() > 0) {
            int type = extensions.number(2);
            Part extension = extensions.vector(2);
            if (type == SERVER_NAME) {
                if (seen) {
                    throw new Malformed(); // RFC 8446 §4.2: never two of a type
                }
                seen = true;
                found = hostName(extension);
            }
        }
        return found;
    }

    /// RFC 6066 §3: a list of names, at most one of each type; there is one type.
    private @Nullable String hostName(Part extension) throws Malformed {
        Part list = extension.vector(2);
        extension.done();
        String found = null;
        while (list.size() > 0) {
            int type = list.number(1);
            Part name = list.vector(2);
            if (type == HOST_NAME) {
                if (found != null) {
                    throw new Malformed();
                }
                found = name(name);
            }
        }
        if (found == null) {
            throw new Malformed();
        }
        return found;
    }

    private String name(Part octets) throws Malformed {
        int end = octets.end;
        if (end > octets.at && message[end - 1] == '.') {
            end--;
        }
        if (end == octets.at || end - octets.at > LONGEST_NAME) {
            throw new Malformed();
        }
        for (int i = octets.at; i < end; i++) {
            if (message[i] <= ' ' || message[i] == 0x7f) {
                throw new Malformed(); // beyond ASCII, or not to be seen
            }
        }
        return new String(message, octets.at, end - octets.at, US_ASCII).toLowerCase(Locale.ROOT);
    }

    /// Some octets of the message. Nothing beyond its end can be read through it.
    private final class Part {
        private int at;
        private final int end;

        Part(int at, int end) {
            this.at = at;
            this.end = end;
        }

        int size() {
            return end - at;
        }

        void skip(int count) throws Malformed {
            if (count > size()) {
                throw new Malformed();
            }
            at += count;
        }

        int number(int octets) throws Malformed {
            int from = at;
            skip(octets);
            int value = 0;
            for (int i = from; i < at; i++) {
                value = value << 8 | message[i] & 0xff;
            }
            return value;
        }

        /// The next octets, which begin with how many they are.
        Part vector(int lengthOctets) throws Malformed {
            int count = number(lengthOctets);
            int from = at;
            skip(count);
            return new Part(from, at);
        }

        /// There is to be nothing left.
        void done() throws Malformed {
            if (size() != 0) {
                throw new Malformed();
            }
        }
    }
}
