package dev.gatehouse.api;

import java.nio.ByteBuffer;

/// Changes one body as it passes. Made for one exchange; called on its loop.
public interface ChunkTransform {
    /// The next octets of the body.
    ///
    /// @param chunk read-only, and valid for the call only
    /// @param out where what becomes of them goes: now, or with a later call
    void onChunk(ByteBuffer chunk, Sink out);

    /// The body is whole: the last chance to write.
    default void onEnd(Sink out) {}

    /// Takes what a transform makes.
    interface Sink {
        /// Copies the octets that remain in `chunk`.
        void write(ByteBuffer chunk);

        default void write(byte[] octets) {
            write(ByteBuffer.wrap(octets));
        }
    }
}
