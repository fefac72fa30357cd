package dev.gatehouse.api.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What stands in a file the user names: the type of a [Setting] such as a certificate. A path is relative to the
/// folder of the configuration file; PEM that stands there itself, as `${file:…}` brings it in, is taken as it is.
/// Read when the configuration is, and again when the file changes, which is a change of the configuration.
///
/// @param name the path as it was written; for messages
/// @param octets at most 1 MiB; never written to
@SuppressWarnings("ArrayRecordComponent") // compared by content below: that is what a reload goes by
public record FileContent(String name, byte[] octets) {
    /// How PEM begins (RFC 7468 §2).
    public static final String PEM = "-----BEGIN ";

    /// What stands in the configuration itself.
    ///
    /// @param text PEM
    public static FileContent inline(String text) {
        return new FileContent("(in the configuration)", text.getBytes(StandardCharsets.UTF_8));
    }

    /// The content as text.
    public String text() {
        return new String(octets, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileContent that && name.equals(that.name) && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(octets);
    }

    /// Its name: the content may be secret.
    @Override
    public String toString() {
        return name;
    }
}
