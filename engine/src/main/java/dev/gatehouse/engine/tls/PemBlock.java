package dev.gatehouse.engine.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One block of a PEM file that somebody brings: read with the patience RFC 7468 §2 asks for, with text between the
/// blocks, lines of any length, and the headers of older software.
///
/// @param label what it is: `CERTIFICATE`, `PRIVATE KEY`
/// @param headers the lines before the content that older software writes there; usually empty
@SuppressWarnings("ArrayRecordComponent") // never compared
record PemBlock(String label, String headers, byte[] content) {
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ([A-Z0-9 ]+)-----\\s((?:[A-Za-z-]+:[^\\n]*\\n)*)([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /// The blocks of a file, in their order; what stands between them is for people.
    ///
    /// @throws IllegalArgumentException when a block's content is no Base64
    static List<PemBlock> all(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text.replace("\r\n", "\n"));
        while (matcher.find()) {
            blocks.add(new PemBlock(
                    matcher.group(1), matcher.group(2), Base64.getMimeDecoder().decode(matcher.group(3))));
        }
        return blocks;
    }
}
