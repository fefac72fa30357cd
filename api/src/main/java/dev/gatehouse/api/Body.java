package dev.gatehouse.api;

import java.nio.charset.StandardCharsets;

/// What follows a head.
public sealed interface Body {
    /// No body.
    Body EMPTY = new Bytes(new byte[0]);

    /// Its length in octets, or -1 when it is not known before its end.
    long length();

    /// A body the gateway made, whole in memory.
    final class Bytes implements Body {
        private final byte[] octets;

        /// @param octets never changed once given
        public Bytes(byte[] octets) {
            this.octets = octets;
        }

        /// Shared: never written to.
        public byte[] octets() {
            return octets;
        }

        @Override
        public long length() {
            return octets.length;
        }
    }

    /// A body that streams through from a service.
    record Stream(long length) implements Body {}

    /// `text` in UTF-8.
    static Body of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
