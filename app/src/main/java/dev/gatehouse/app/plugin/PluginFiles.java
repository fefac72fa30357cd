package dev.gatehouse.app.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/// The jars of one plug-in, to be read into memory.
///
/// @param name as messages call it: its jar, or the folder of its jars
/// @param place of that
/// @param jars in the order of their names; a class that two of them have comes from the first
record PluginFiles(String name, Path place, List<Path> jars) {
    /// What the first four octets of a class are.
    private static final int CLASS = 0xCAFEBABE;

    /// The version of classes of Java 1; Java 25 is 69.
    private static final int BEFORE_JAVA_1 = 44;

    PluginFiles {
        jars = List.copyOf(jars);
    }

    /// Tells one content from another.
    ///
    /// @throws IOException when a jar cannot be read
    String fingerprint() throws IOException {
        MessageDigest digest = sha256();
        for (Path jar : jars) {
            digest.update(jar.getFileName().toString().getBytes(UTF_8));
            digest.update((byte) 0);
            digest.update(Files.readAllBytes(jar));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// All entries by name, those of a multi-release jar as they are for this Java.
    ///
    /// @throws IOException when a jar cannot be read, is broken or is made for a later Java
    Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        for (Path jar : jars) {
            read(jar, entries);
        }
        return entries;
    }

    private static void read(Path path, Map<String, byte[]> entries) throws IOException {
        try (JarFile jar = new JarFile(path.toFile(), true, ZipFile.OPEN_READ, Runtime.version())) {
            for (Iterator<JarEntry> all = jar.versionedStream().iterator(); all.hasNext(); ) {
                JarEntry entry = all.next();
                if (!entry.isDirectory() && !entries.containsKey(entry.getName())) {
                    byte[] octets;
                    try (InputStream in = jar.getInputStream(entry)) {
                        octets = in.readAllBytes();
                    }
                    if (entry.getName().endsWith(".class")) {
                        refuseLaterJava(entry.getName(), octets);
                    }
                    entries.put(entry.getName(), octets);
                }
            }
        }
    }

    /// A class of a later Java would fail only when it is first used.
    private static void refuseLaterJava(String name, byte[] octets) throws IOException {
        if (octets.length < 8 || int32(octets) != CLASS) {
            throw new IOException(name + " is not a class");
        }
        int version = ((octets[6] & 0xff) << 8 | octets[7] & 0xff) - BEFORE_JAVA_1;
        int running = Runtime.version().feature();
        if (version > running) {
            throw new IOException(
                    name + " was compiled for Java " + version + ", and this gateway runs on Java " + running);
        }
    }

    private static int int32(byte[] octets) {
        return octets[0] << 24 | (octets[1] & 0xff) << 16 | (octets[2] & 0xff) << 8 | octets[3] & 0xff;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
