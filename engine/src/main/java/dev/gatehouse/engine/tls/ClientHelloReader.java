package dev.gatehouse.engine.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the first message of a client in what it has sent so far, be it cut into records and packets as it likes,
/// and reads it. Takes nothing away: the same octets go to whoever answers the handshake.
final class ClientHelloReader {
    /// Of a record (RFC 8446 §5.1): its type, a version, the length of what follows.
    private static final int RECORD_HEAD = 5;

    /// Of a message in it: its type, and its length in three octets.
    private static final int MESSAGE_HEAD = 4;

    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int MAX_RECORD = 1 << 14;

    private static final int SERVER_NAME = 0;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int ALPN = 16;
    private static final int SUPPORTED_VERSIONS = 43;

    private final int most;
    private int wanted = RECORD_HEAD;

    /// @param most octets of records that it may take, their heads included
    ClientHelloReader(int most) {
        this.most = most;
    }

    /// What came of a look at it.
    sealed interface Result {
        /// Some of it is still to come.
        record Incomplete() implements Result {}

        record Complete(ClientHello hello) implements Result {}

        /// It is none, and never will be.
        record Broken(Reason reason) implements Result {}
    }

    enum Reason {
        /// No record of TLS: somebody speaks something else.
        NO_TLS,
        TOO_LARGE,
        MALFORMED
    }

    private static final Result INCOMPLETE = new Result.Incomplete();

    /// Reads in a pass over all that is there, but only when there is more than at the last look that matters.
    Result read(ByteBuf in) {
        int start = in.readerIndex();
        int there = in.readableBytes();
        if (there > 0 && in.getUnsignedByte(start) != HANDSHAKE) {
            return new Result.Broken(Reason.NO_TLS);
        }
        if (there < wanted) {
            return INCOMPLETE;
        }
        ByteBuf message = Unpooled.EMPTY_BUFFER;
        try {
            int at = start;
            while (true) {
                if (at - start + RECORD_HEAD > there) {
                    return await(at - start + RECORD_HEAD);
                }
                int length = in.getUnsignedShort(at + 3);
                if (in.getUnsignedByte(at) != HANDSHAKE || in.getUnsignedByte(at + 1) != 3) {
                    return new Result.Broken(at == start ? Reason.NO_TLS : Reason.MALFORMED);
                }
                if (length == 0 || length > MAX_RECORD) {
                    return new Result.Broken(Reason.MALFORMED);
                }
                int end = at + RECORD_HEAD + length;
                if (end - start > there) {
                    return await(end - start);
                }
                ByteBuf piece = in.slice(at + RECORD_HEAD, length);
                message = message.isReadable() ? Unpooled.copiedBuffer(message, piece) : piece;
                at = end;
                if (message.readableBytes() < MESSAGE_HEAD) {
                    continue;
                }
                if (message.getUnsignedByte(message.readerIndex()) != CLIENT_HELLO) {
                    return new Result.Broken(Reason.MALFORMED);
                }
                int whole = MESSAGE_HEAD + message.getUnsignedMedium(message.readerIndex() + 1);
                if (whole > most) {
                    return new Result.Broken(Reason.TOO_LARGE);
                }
                if (message.readableBytes() >= whole) {
                    return new Result.Complete(hello(message.slice(message.readerIndex() + MESSAGE_HEAD, whole - MESSAGE_HEAD)));
                }
            }
        } catch (IndexOutOfBoundsException e) {
            return new Result.Broken(Reason.MALFORMED);
        }
    }

    private Result await(int octets) {
        if (octets > most) {
            return new Result.Broken(Reason.TOO_LARGE);
        }
        wanted = octets;
        return INCOMPLETE;
    }

    private static ClientHello hello(ByteBuf in) {
        in.skipBytes(2 + 32); // legacy_version, random
        in.skipBytes(in.readUnsignedByte()); // legacy_session_id
        Set<Integer> ciphers = numbers(in.readSlice(in.readUnsignedShort()));
        in.skipBytes(in.readUnsignedByte()); // legacy_compression_methods
        String serverName = null;
        List<String> protocols = List.of();
        Set<Integer> signatures = Set.of();
        Set<Integer> versions = Set.of();
        ByteBuf extensions = in.isReadable() ? in.readSlice(in.readUnsignedShort()) : Unpooled.EMPTY_BUFFER;
        while (extensions.isReadable()) {
            int type = extensions.readUnsignedShort();
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
