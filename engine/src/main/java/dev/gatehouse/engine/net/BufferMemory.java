package dev.gatehouse.engine.net;

import io.netty.buffer.PooledByteBufAllocator;

/// Memory outside the heap that holds what is on its way: all loops of the process together.
///
/// @param reserved octets taken from the system, and kept
/// @param used octets of these that a buffer holds now
public record BufferMemory(long reserved, long used) {
    /// Now, or a moment ago. Any thread.
    public static BufferMemory now() {
        PooledByteBufAllocator pool = PooledByteBufAllocator.DEFAULT;
        return new BufferMemory(pool.metric().usedDirectMemory(), pool.pinnedDirectMemory());
    }
}
