package dev.gatehouse.policy.auth.basic;

import dev.gatehouse.api.Exchange;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Where passwords are checked: few threads, which are there only while there is something to do, and a queue that is
/// no longer than a client waits.
final class HashingThreads implements AutoCloseable {
    private static final int THREADS = 2;

    /// At 50 ms for each, the last one waits less than two seconds.
    private static final int QUEUE = 64;

    private final Executor executor;
    private final Runnable close;

    private HashingThreads(Executor executor, Runnable close) {
        this.executor = executor;
        this.close = close;
    }

    static HashingThreads started() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                5,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().daemon().name("passwords-", 1).factory());
        pool.allowCoreThreadTimeOut(true);
        return new HashingThreads(pool, pool::shutdown);
    }

    /// On threads of somebody else's.
    static HashingThreads on(Executor executor) {
        return new HashingThreads(executor, () -> {});
    }

    /// @return what `check` says, on the exchange's loop; fails with a [RejectedExecutionException] when too many
    ///     wait already
    CompletableFuture<Boolean> run(Exchange exchange, BooleanSupplier check) {
        try {
            return exchange.beside(executor, check::getAsBoolean);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// Lets those who wait be served.
    @Override
    public void close() {
        close.run();
    }
}
