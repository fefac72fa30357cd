package dev.gatehouse.acme;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Text with labelled blocks of octets (RFC 7468), as strict as we write it ourselves. The files of people are read
/// by the engine, which forgives what other software writes; the two have little more in common than the dashes, and
/// for that a plug-in does not see into the engine.
final class Pem {
    static final String CERTIFICATE = "CERTIFICATE";
    static final String PRIVATE_KEY = "PRIVATE KEY";
    static final String PUBLIC_KEY = "PUBLIC KEY";

    private static final int LINE = 64;

    private Pem() {}

    static String block(String label, byte[] content) {
        return begin(label)
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content)
                + "\n"
                + end(label);
    }

    /// The blocks of this label, in order; one that was cut off is not among them.
    ///
    /// @throws IllegalArgumentException when the content of one is not base64
    static List<byte[]> blocks(byte[] pem, String label) {
        String text = new String(pem, StandardCharsets.US_ASCII);
        List<byte[]> blocks = new ArrayList<>();
        int from = text.indexOf(begin(label));
        while (from >= 0) {
            int content = from + begin(label).length();
            int to = text.indexOf(end(label), content);
            if (to < 0) {
                break;
            }
            blocks.add(Base64.getDecoder().decode(text.substring(content, to).replace("\n", "")));
            from = text.indexOf(begin(label), to);
        }
        return blocks;
    }

    private static String begin(String label) {
        return "-----BEGIN " + label + "-----\n";
    }

    private static String end(String label) {
        return "-----END " + label + "-----\n";
    }
}
