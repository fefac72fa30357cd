package dev.gatehouse.api;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules for changing fields, kept where every change passes.
public final class FieldValues {
    private static final Set<HeaderName> WRITTEN_BY_THE_GATEWAY = Stream.of(
                    "Client-Cert",
                    "Client-Cert-Chain",
                    "Connection",
                    "Content-Length",
                    "Host",
                    "Keep-Alive",
                    "TE",
                    "Transfer-Encoding",
                    "Upgrade")
            .map(HeaderName::of)
            .collect(Collectors.toUnmodifiableSet());

    private FieldValues() {}

    /// `name` itself.
    ///
    /// @throws IllegalArgumentException when the field frames or addresses the message, or says who the client
    ///     proved to be: the gateway alone writes those
    public static HeaderName editable(HeaderName name) {
        if (WRITTEN_BY_THE_GATEWAY.contains(name)) {
            throw new IllegalArgumentException(name + " is written by the gateway and cannot be changed");
        }
        return name;
    }

    /// `value` itself (RFC 9110 §5.5).
    ///
    /// @throws IllegalArgumentException when it holds a control character: such a value could end the field and
    ///     begin another
    public static String checked(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < 0x20 && c != '\t') || c == 0x7f || c > 0xff) {
                throw new IllegalArgumentException(
                        "character 0x%02x is not allowed in a field value".formatted((int) c));
            }
        }
        return value;
    }
}
