package dev.gatehouse.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What follows a head. It streams through unless somebody asks for it here, before it has begun: in
/// [dev.gatehouse.api.policy.Policy#onRequest] for a request's, in [Policy#onResponse] for an answer's. On the
/// exchange's event loop only.
public interface Body {
    /// No body.
    Body EMPTY = new Bytes(new byte[0]);

    /// Its length in octets, or -1 when it is not known before its end.
    long length();

    /// Changes the body as it passes; after those who asked before. Its length is no longer known.
    void map(ChunkTransform transform);

    /// Gathers the body, as those before have changed it, and lets it go on when the policy has decided: for
    /// [Decision.Await]. Empty where there is none, as after HEAD.
    ///
    /// @param limit in octets; for a longer body the stage fails with [BodyTooLargeException], and the body
    ///     streams on if the policy lets it
    /// @return completes on the exchange's loop, with octets that nobody changes
    CompletionStage<byte[]> collect(int limit);

    /// Lets no more than so many octets pass: a longer body is refused ([FailureKind#BODY_TOO_LARGE]) as soon as
    /// that is known, and one that is under way cut off. The least limit counts.
    void limit(long octets);

    /// Puts another body in the place of a collected one, or of one that has not begun and is not wanted.
    ///
    /// @param octets never changed once given
    void replace(byte[] octets);

    /// `text` in UTF-8.
    static Body of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A body that is whole in memory already.
    final class Bytes implements Body {
        private byte[] octets;

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

        @Override
        public void map(ChunkTransform transform) {
            Gathered gathered = new Gathered();
            if (octets.length > 0) {
                transform.onChunk(ByteBuffer.wrap(octets).asReadOnlyBuffer(), gathered);
            }
            transform.onEnd(gathered);
            octets = gathered.octets;
        }

        @Override
        public CompletionStage<byte[]> collect(int limit) {
            return octets.length <= limit
                    ? CompletableFuture.completedStage(octets)
                    : CompletableFuture.failedStage(new BodyTooLargeException(limit));
        }

        /// What is in memory already is not refused.
        @Override
        public void limit(long octets) {}

        @Override
        public void replace(byte[] octets) {
            this.octets = octets;
        }
    }

    /// What a transform made of a body in memory.
    final class Gathered implements ChunkTransform.Sink {
        private byte[] octets = new byte[0];

        private Gathered() {}

        @Override
        public void write(ByteBuffer chunk) {
            int length = octets.length;
            octets = Arrays.copyOf(octets, length + chunk.remaining());
            chunk.get(octets, length, octets.length - length);
        }
    }
}
