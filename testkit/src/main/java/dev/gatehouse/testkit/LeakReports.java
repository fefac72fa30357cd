package dev.gatehouse.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;

/// Makes Netty say, in the log, which buffers were lost. It learns of them from the garbage collector and reports
/// when the next buffer is made.
final class LeakReports {

    private static final int ROUNDS = 5;

    private LeakReports() {}

    /// Follows each buffer instead of one in 128, unless `-Dio.netty.leakDetection.level` says otherwise.
    static void followEveryBuffer() {
        if (System.getProperty("io.netty.leakDetection.level") == null) {
            ResourceLeakDetector.setLevel(Level.PARANOID);
        }
    }

    static void provoke() {
        System.gc();
        for (int i = 0; i < ROUNDS; i++) {
            ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(16);
            buffer.release();
            try {
                // The collector hands over what it found a little later, on a thread of its own.
                Thread.sleep(4);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
