package dev.gatehouse.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A scripted name server on 127.0.0.1, over UDP (RFC 1035). Knows A, AAAA and CNAME; what it was not told does not
/// exist. May be told otherwise at any time, from any thread.
///
/// ```java
/// try (FakeDns dns = FakeDns.start().knows("menus.test", Duration.ofSeconds(1), "127.0.0.1")) { … }
/// ```
public final class FakeDns implements AutoCloseable {
    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int AAAA = 28;
    private static final int SERVER_FAILURE = 2;
    private static final int NO_SUCH_NAME = 3;
    private static final int HEADER = 12;

    /// What is known about a name.
    private sealed interface Entry {
        record Addresses(int ttl, List<InetAddress> addresses) implements Entry {}

        record Alias(int ttl, String target) implements Entry {}

        record Failing() implements Entry {}

        record Silent() implements Entry {}
    }

    private final DatagramSocket socket;
    private final Thread thread;
    private final Map<String, Entry> names = new ConcurrentHashMap<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();

    private FakeDns() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofVirtual().name("fake-dns").start(this::serve);
    }

    public static FakeDns start() {
        return new FakeDns();
    }

    /// The name has these addresses, of either family; with none it exists and has no address.
    public FakeDns knows(String name, Duration ttl, String... addresses) {
        names.put(
                name,
                new Entry.Addresses(
                        Math.toIntExact(ttl.toSeconds()),
                        Arrays.stream(addresses).map(FakeDns::literal).toList()));
        return this;
    }

    /// The name is another name for `target`.
    public FakeDns alias(String name, Duration ttl, String target) {
        names.put(name, new Entry.Alias(Math.toIntExact(ttl.toSeconds()), target));
        return this;
    }

    /// Questions about the name are answered with a failure of the server.
    public FakeDns fails(String name) {
        names.put(name, new Entry.Failing());
        return this;
    }

    /// Questions about the name are not answered.
    public FakeDns saysNothingAbout(String name) {
        names.put(name, new Entry.Silent());
        return this;
    }

    /// `127.0.0.1:port`.
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /// The names it was asked for, in order, each as often as it was.
    public List<String> questions() {
        return List.copyOf(questions);
    }

    @Override
    public void close() {
        socket.close();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(address + " is no address", e);
        }
    }

    private void serve() {
        byte[] room = new byte[1500];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(room, room.length);
            try {
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(room, packet.getLength()));
                if (answer.length > 0) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /// Empty when it says nothing.
    private byte[] answer(byte[] query) throws IOException {
        int end = HEADER;
        StringBuilder text = new StringBuilder();
        for (int length = query[end]; length > 0; length = query[end]) {
            text.append(text.isEmpty() ? "" : ".")
                    .append(new String(query, end + 1, length, StandardCharsets.US_ASCII));
            end += length + 1;
        }
        int type = query[end + 1] << 8 | query[end + 2] & 0xff;
        end += 5;
        String name = text.toString().toLowerCase(Locale.ROOT);
        questions.add(name);
        Entry entry = names.get(name);
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        int count = 0;
        if (entry instanceof Entry.Alias(int ttl, String target)) {
            record(records, name, CNAME, ttl, encoded(target));
            count++;
            name = target;
            entry = names.get(target);
        }
        if (entry instanceof Entry.Silent) {
            return new byte[0];
        }
        if (entry instanceof Entry.Addresses(int ttl, List<InetAddress> addresses)) {
            for (InetAddress address : addresses) {
                if (type == (address.getAddress().length == 4 ? A : AAAA)) {
                    record(records, name, type, ttl, address.getAddress());
                    count++;
                }
            }
        }
        int code = entry == null ? NO_SUCH_NAME : entry instanceof Entry.Failing ? SERVER_FAILURE : 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataOutputStream wire = new DataOutputStream(out);
        wire.write(query, 0, 2);
        // An answer, recursion wanted and had.
        wire.writeShort(0x8180 | code);
        wire.writeShort(1);
        wire.writeShort(count);
        wire.writeInt(0);
        wire.write(query, HEADER, end - HEADER);
        records.writeTo(wire);
        return out.toByteArray();
    }

    private static void record(ByteArrayOutputStream out, String name, int type, int ttl, byte[] content)
            throws IOException {
        DataOutputStream wire = new DataOutputStream(out);
        wire.write(encoded(name));
        wire.writeShort(type);
        wire.writeShort(1);
        wire.writeInt(ttl);
        wire.writeShort(content.length);
        wire.write(content);
    }

    private static byte[] encoded(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String label : name.split("\\.", -1)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        return out.toByteArray();
    }
}
