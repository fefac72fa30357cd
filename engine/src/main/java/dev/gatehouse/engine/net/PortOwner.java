package dev.gatehouse.engine.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Says who listens on a port. Needed because listening sockets that share ports (`SO_REUSEPORT`) are let in
/// silently beside others of the same user: two gateways would split the clients between them without a word.
public final class PortOwner {
    private static final String LISTENING = "0A";
    private static final String BEING_MADE = "03";

    private PortOwner() {}

    /// @throws IOException naming the owner when somebody listens on this port already
    public static void refuseTaken(InetSocketAddress wanted) throws IOException {
        Path table = Path.of("/proc/net/tcp");
        if (!Files.isReadable(table)) {
            probe(wanted);
            return;
        }
        Set<String> inodes = new HashSet<>();
        collect(table, wanted, inodes);
        collect(Path.of("/proc/net/tcp6"), wanted, inodes);
        if (!inodes.isEmpty()) {
            throw new IOException("port " + wanted.getPort() + " is in use by " + owner(inodes)
                    + ". Stop it, take another port, or start with --takeover to replace a running gateway.");
        }
    }

    /// The failure to listen, said with the owner's name when it is a program that does not share its port.
    public static IOException named(InetSocketAddress wanted, IOException failure) {
        try {
            Set<String> inodes = new HashSet<>();
            collect(Path.of("/proc/net/tcp"), wanted, inodes);
            collect(Path.of("/proc/net/tcp6"), wanted, inodes);
            if (inodes.isEmpty() || !String.valueOf(failure.getMessage()).contains("in use")) {
                return failure;
            }
            return new IOException(
                    "port " + wanted.getPort() + " is in use by " + owner(inodes)
                            + ", which does not share it. Stop it or take another port.",
                    failure);
        } catch (IOException e) {
            return failure;
        }
    }

    /// How many sockets listen where this one would, ours included; -1 when this machine does not tell.
    public static int listeners(InetSocketAddress place) {
        try {
            List<String> all = new ArrayList<>();
            collect(Path.of("/proc/net/tcp"), place, all);
            collect(Path.of("/proc/net/tcp6"), place, all);
            return all.size();
        } catch (IOException e) {
            return -1;
        }
    }

    /// The kernel lists those who listen first. The rest may be very long, on just the machines where this is
    /// called under load: connections that ended a minute ago are in it too. So it stops at the first line of
    /// another state; a connection being made (`SYN_RECV`) stands among the first in old kernels.
    private static void collect(Path table, InetSocketAddress wanted, Collection<String> inodes) throws IOException {
        if (!Files.isReadable(table)) {
            return;
        }
        String suffix = ":%04X".formatted(wanted.getPort());
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.ISO_8859_1)) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] columns = line.strip().split("\\s+", -1);
                if (columns.length < 10 || !(columns[3].equals(LISTENING) || columns[3].equals(BEING_MADE))) {
                    return;
                }
                if (columns[1].endsWith(suffix)
                        && columns[3].equals(LISTENING)
                        && overlap(address(columns[1]), wanted.getAddress())) {
                    inodes.add(columns[9]);
                }
            }
        }
    }

    /// Who listens on all addresses takes each of them.
    private static boolean overlap(InetAddress one, InetAddress other) {
        return one.isAnyLocalAddress() || other.isAnyLocalAddress() || one.equals(other);
    }

    /// The kernel writes an address as hexadecimal words, each in the order of this machine's octets. One of IPv4
    /// that a socket of IPv6 listens on comes out as what it is.
    static InetAddress address(String column) throws UnknownHostException {
        byte[] octets = HexFormat.of().parseHex(column, 0, column.indexOf(':'));
        ByteBuffer words = ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder());
        ByteBuffer wire = ByteBuffer.allocate(octets.length);
        while (words.hasRemaining()) {
            wire.putInt(words.getInt());
        }
        return InetAddress.getByAddress(wire.array());
    }

    private static String owner(Set<String> inodes) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holdsAny(process, inodes)) {
                    return "process " + process.getFileName() + " (" + command(process) + ")";
                }
            }
        } catch (IOException e) {
            return "another process (" + e.getMessage() + ")";
        }
        return "a process of another user";
    }

    private static boolean holdsAny(Path process, Set<String> inodes) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                String target = Files.readSymbolicLink(file).toString();
                if (target.startsWith("socket:[")
                        && inodes.contains(target.substring("socket:[".length(), target.length() - 1))) {
                    return true;
                }
            }
        } catch (IOException e) {
            // It ended while we looked, or is somebody else's: then it cannot be named.
            return false;
        }
        return false;
    }

    private static String command(Path process) throws IOException {
        String name = Files.readString(process.resolve("comm")).strip();
        String line =
                Files.readString(process.resolve("cmdline")).replace('\0', ' ').strip();
        return line.contains("dev.gatehouse.app.Main") ? "gatehouse" : name;
    }

    private static void probe(InetSocketAddress wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(wanted);
        } catch (IOException e) {
            throw new IOException(
                    "port " + wanted.getPort() + " is in use by another process. Stop it, take another port,"
                            + " or start with --takeover to replace a running gateway.",
                    e);
        }
    }
}
