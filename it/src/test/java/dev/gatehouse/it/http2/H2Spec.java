package dev.gatehouse.it.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// The program h2spec 2.2.0, as a Maven plug-in brings it: a tape archive with one file.
final class H2Spec {
    private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";
    private static final int BLOCK = 512;
    private static final int SIZE = 124;

    private H2Spec() {}

    /// Puts the program into a folder.
    static Path unpackTo(Path folder) throws IOException {
        try (InputStream packed = H2Spec.class.getResourceAsStream(ARCHIVE)) {
            if (packed == null) {
                throw new IOException("not on the class path: " + ARCHIVE);
            }
            DataInputStream tape = new DataInputStream(new GZIPInputStream(packed));
            byte[] header = new byte[BLOCK];
            tape.readFully(header);
            int length = Integer.parseInt(new String(header, SIZE, 11, US_ASCII).strip(), 8);
            Path program = folder.resolve("h2spec");
            Files.write(program, tape.readNBytes(length));
            if (!program.toFile().setExecutable(true)) {
                throw new IOException("cannot make executable: " + program);
            }
            return program;
        }
    }
}
