package dev.gatehouse.testkit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The sockets this process holds, from `/proc/self`: by inode, so that one closed and another opened is noticed.
/// Elsewhere than on Linux there are none to see.
final class OpenSockets {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final String[] STATES = {
        "",
        "ESTABLISHED",
        "SYN_SENT",
        "SYN_RECV",
        "FIN_WAIT1",
        "FIN_WAIT2",
        "TIME_WAIT",
        "CLOSE",
        "CLOSE_WAIT",
        "LAST_ACK",
        "LISTEN",
        "CLOSING"
    };

    private OpenSockets() {}

    static Set<String> inodes() {
        Set<String> inodes = new HashSet<>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return inodes;
        }
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot list the open file descriptors", e);
        }
        return inodes;
    }

    /// A line for each, such as `socket 127.0.0.1:8080 to 127.0.0.1:40312 CLOSE_WAIT`.
    static List<String> describe(Set<String> inodes) {
        if (inodes.isEmpty()) {
            return List.of();
        }
        Map<String, String> known = new HashMap<>();
        for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
            readTable(table, known);
        }
        List<String> lines = new ArrayList<>();
        for (String inode : new TreeSet<>(inodes)) {
            lines.add("socket " + known.getOrDefault(inode, "that is neither TCP nor UDP, or not connected")
                    + " (inode " + inode + ")");
        }
        return lines;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    private static void readTable(String table, Map<String, String> into) {
        Path file = Path.of("/proc/self/net", table);
        if (!Files.exists(file)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                String[] columns = line.trim().split("\\s+", -1);
                if (columns.length > 9 && columns[1].indexOf(':') > 0) {
                    int state = Integer.parseInt(columns[3], 16);
                    into.put(
                            columns[9],
                            table + " " + address(columns[1]) + " to " + address(columns[2]) + " "
                                    + (state < STATES.length ? STATES[state] : columns[3]));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    /// The kernel writes an IPv4 address in the order of the machine: `0100007F:1F90` is 127.0.0.1:8080.
    private static String address(String hex) {
        int colon = hex.indexOf(':');
        int port = Integer.parseInt(hex.substring(colon + 1), 16);
        String tail = hex.substring(Math.max(0, colon - 8), colon);
        byte[] bytes = HexFormat.of().parseHex(tail);
        return (bytes[3] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[0] & 0xff) + ":"
                + port;
    }
}
