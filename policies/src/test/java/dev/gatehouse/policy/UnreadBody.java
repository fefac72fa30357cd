package dev.gatehouse.policy;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.ChunkTransform;
import java.util.concurrent.CompletionStage;

/// The body of a [FakeExchange], which knows only how long it is, and how long it may be.
final class UnreadBody implements Body {
    private final long length;
    private long limit = -1;

    /// @param length in octets, -1 for one that is not declared
    UnreadBody(long length) {
        this.length = length;
    }

    /// The least that was told, or -1.
    long limit() {
        return limit;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void map(ChunkTransform transform) {
        throw new UnsupportedOperationException("no octets here");
    }

    @Override
    public CompletionStage<byte[]> collect(int octets) {
        throw new UnsupportedOperationException("no octets here");
    }

    @Override
    public void limit(long octets) {
        limit = limit < 0 ? octets : Math.min(limit, octets);
    }

    @Override
    public void replace(byte[] octets) {
        throw new UnsupportedOperationException("no octets here");
    }
}
