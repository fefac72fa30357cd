package dev.gatehouse.acme;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The right to order into a folder. Within a process one waits for the other; another process that has it is
/// reported, since nobody knows for how long. The system takes it from a process that dies.
final class OrderLock implements AutoCloseable {
    private static final Map<Path, ReentrantLock> OF_THIS_PROCESS = new ConcurrentHashMap<>();

    private final ReentrantLock within;
    private final FileChannel channel;

    private OrderLock(ReentrantLock within, FileChannel channel) {
        this.within = within;
        this.channel = channel;
    }

    /// @param file made when it is not there; stays behind, empty
    /// @return null when another process has it
    static @Nullable OrderLock tryTake(Path file, FileAttribute<?> access) throws IOException, InterruptedException {
        ReentrantLock within = OF_THIS_PROCESS.computeIfAbsent(file.toAbsolutePath(), _ -> new ReentrantLock());
        within.lockInterruptibly();
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), access);
            lock = channel.tryLock();
            return lock == null ? null : new OrderLock(within, channel);
        } finally {
            if (lock == null) {
                if (channel != null) {
                    channel.close();
                }
                within.unlock();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            within.unlock();
        }
    }
}
