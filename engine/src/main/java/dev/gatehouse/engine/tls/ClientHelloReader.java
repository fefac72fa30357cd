package dev.gatehouse.engine.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the first message of a client in what it has sent so far, be it cut into records and packets as it likes,
/// and reads it. Takes nothing away: the same octets go to whoever answers the handshake.
public final class ClientHelloReader {
    /// Of a record (RFC 8446 §5.1): its type, a version, the length of what follows.
    private static final int RECORD_HEAD = 5;

    /// Of a message in it: its type, and its length in three octets.
    private static final int MESSAGE_HEAD = 4;

    private static final int HANDSHAKE = 22;
    private static final int MAJOR_VERSION = 3;
    private static final int CLIENT_HELLO = 1;
    private static final int MAX_RECORD = 1 << 14;

    private static final int SERVER_NAME = 0;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int ALPN = 16;
    private static final int SUPPORTED_VERSIONS = 43;

    private final int most;

    /// The message so far, without the heads of records. Each octet is copied into it once, however the client cuts
    /// them.
    private byte[] message = new byte[512];

    private int length;

    /// How many octets of the input are in the message already, the heads of their records included.
    private int taken;

    /// @param most octets of records that it may take, their heads included
    public ClientHelloReader(int most) {
        this.most = most;
    }

    /// What came of a look at it.
    public sealed interface Result {
        /// Some of it is still to come.
        record Incomplete() implements Result {}

        record Complete(ClientHello hello) implements Result {}

        /// It is none, and never will be.
        record Broken(Reason reason) implements Result {}
    }

    public enum Reason {
        /// No record of TLS: somebody speaks something else.
        NO_TLS,
        TOO_LARGE,
        MALFORMED
    }

    private static final Result INCOMPLETE = new Result.Incomplete();

    /// Goes on where the last look ended.
    ///
    /// @param in all octets that came, from the first one on
    public Result read(ByteBuf in) {
        while (true) {
            int at = in.readerIndex() + taken;
            int there = in.readableBytes() - taken;
            if ((there > 0 && in.getByte(at) != HANDSHAKE) || (there > 1 && in.getByte(at + 1) != MAJOR_VERSION)) {
                return new Result.Broken(taken == 0 ? Reason.NO_TLS : Reason.MALFORMED);
            }
            if (there < RECORD_HEAD) {
                return taken + RECORD_HEAD > most ? new Result.Broken(Reason.TOO_LARGE) : INCOMPLETE;
            }
            int fragment = in.getUnsignedShort(at + 3);
            if (fragment == 0 || fragment > MAX_RECORD) {
                return new Result.Broken(Reason.MALFORMED);
            }
            if (taken + RECORD_HEAD + fragment > most) {
                return new Result.Broken(Reason.TOO_LARGE);
            }
            if (there < RECORD_HEAD + fragment) {
                return INCOMPLETE;
            }
            append(in, at + RECORD_HEAD, fragment);
            taken += RECORD_HEAD + fragment;
            Result soFar = messageSoFar();
            if (soFar != INCOMPLETE) {
                return soFar;
            }
        }
    }

    private void append(ByteBuf in, int at, int count) {
        if (length + count > message.length) {
            message = Arrays.copyOf(message, Math.max(length + count, 2 * message.length));
        }
        in.getBytes(at, message, length, count);
        length += count;
    }

    private Result messageSoFar() {
        if (message[0] != CLIENT_HELLO) {
            return new Result.Broken(Reason.MALFORMED);
        }
        if (length < MESSAGE_HEAD) {
            return INCOMPLETE;
        }
        ByteBuf whole = Unpooled.wrappedBuffer(message, 0, length);
        int body = whole.getUnsignedMedium(1);
        if (MESSAGE_HEAD + body > most) {
            return new Result.Broken(Reason.TOO_LARGE);
        }
        if (length < MESSAGE_HEAD + body) {
            return INCOMPLETE;
        }
        try {
            ClientHello hello = hello(whole.slice(MESSAGE_HEAD, body));
            return hello == null ? new Result.Broken(Reason.MALFORMED) : new Result.Complete(hello);
        } catch (IndexOutOfBoundsException e) {
            return new Result.Broken(Reason.MALFORMED); // a length that says more than is there
        }
    }

    /// @return null when it says something twice, or more than its lengths hold
    private static @Nullable ClientHello hello(ByteBuf in) {
        in.skipBytes(2 + 32); // legacy_version, random
        in.skipBytes(in.readUnsignedByte()); // legacy_session_id
        Set<Integer> ciphers = numbers(in.readSlice(in.readUnsignedShort()));
        in.skipBytes(in.readUnsignedByte()); // legacy_compression_methods
        String serverName = null;
        List<String> protocols = List.of();
        Set<Integer> signatures = Set.of();
        Set<Integer> versions = Set.of();
        ByteBuf extensions = in.isReadable() ? in.readSlice(in.readUnsignedShort()) : Unpooled.EMPTY_BUFFER;
        if (in.isReadable()) {
            return null;
        }
        Set<Integer> seen = new HashSet<>();
        while (extensions.isReadable()) {
            int type = extensions.readUnsignedShort();
            if (!seen.add(type)) {
                return null; // RFC 8446 §4.2: never two of a type
            }
            ByteBuf content = extensions.readSlice(extensions.readUnsignedShort());
            switch (type) {
                case SERVER_NAME -> serverName = serverName(content);
                case SIGNATURE_ALGORITHMS -> signatures = numbers(content.readSlice(content.readUnsignedShort()));
                case ALPN -> protocols = protocols(content.readSlice(content.readUnsignedShort()));
                case SUPPORTED_VERSIONS -> versions = numbers(content.readSlice(content.readUnsignedByte()));
                default -> {}
            }
        }
        return new ClientHello(serverName, protocols, ciphers, signatures, versions);
    }

    private static Set<Integer> numbers(ByteBuf in) {
        Set<Integer> numbers = new HashSet<>();
        while (in.isReadable()) {
            numbers.add(in.readUnsignedShort());
        }
        return numbers;
    }

    /// The host, the only kind of name there is.
    private static @Nullable String serverName(ByteBuf in) {
        ByteBuf names = in.readSlice(in.readUnsignedShort());
        names.skipBytes(1);
        String name = names.readSlice(names.readUnsignedShort()).toString(StandardCharsets.US_ASCII);
        if (names.isReadable() || in.isReadable()) {
            // There is one type of name, and never two of a type: whoever reads another one would go elsewhere.
            throw new IndexOutOfBoundsException("more than one name");
        }
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        // An address is none (RFC 6066 §3), and neither is what no host is called.
        return isHost(name) ? name.toLowerCase(Locale.ROOT) : null;
    }

    private static boolean isHost(String name) {
        boolean letter = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphabetic = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!alphabetic && !(c >= '0' && c <= '9') && c != '-' && c != '.' && c != '_') {
                return false;
            }
            letter |= alphabetic;
        }
        return letter && name.length() <= 255;
    }

    private static List<String> protocols(ByteBuf in) {
        List<String> protocols = new ArrayList<>();
        while (in.isReadable()) {
            protocols.add(in.readSlice(in.readUnsignedByte()).toString(StandardCharsets.US_ASCII));
        }
        return protocols;
    }
}
