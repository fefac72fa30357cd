package dev.gatehouse.testkit;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails a test that leaves something behind: a warning or an error in the log that it did not declare, an open
/// socket, a thread, a buffer. What is on its way out has 5 s to go.
///
/// It looks at the whole JVM, so tests must not run beside each other ([LeavesNothingBehind] sees to that). Buffers
/// that only the garbage collector finds are looked for once after all tests of a class. Buffers are those of
/// `PooledByteBufAllocator.DEFAULT`; other allocators are watched with [#watch(String, LongSupplier)].
public final class CleanEnd implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final Map<String, LongSupplier> GAUGES = new ConcurrentHashMap<>();

    static {
        LeakReports.followEveryBuffer();
        GAUGES.put("direct bytes in buffers not released", PooledByteBufAllocator.DEFAULT::pinnedDirectMemory);
        GAUGES.put("heap bytes in buffers not released", PooledByteBufAllocator.DEFAULT::pinnedHeapMemory);
        openWhatTheJdkKeepsForever();
    }

    private @Nullable Before before;

    /// How things stood before a test.
    record Before(Set<String> sockets, Set<Thread> threads, Map<String, Long> gauges) {

        static Before now() {
            return new Before(OpenSockets.inodes(), watchedThreads(), gaugeValues());
        }
    }

    /// This test makes the log say this, as a warning or an error; it fails when the log does not.
    public static void expectLog(String part) {
        LogWatch.INSTANCE.expect(part);
    }

    /// This test may make the log say this, as a warning or an error.
    public static void allowLog(String part) {
        LogWatch.INSTANCE.allow(part);
    }

    /// One more number that must be back at its old value after each test, such as exchanges under way.
    public static void watch(String what, LongSupplier gauge) {
        GAUGES.put(what, gauge);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        LogWatch.INSTANCE.start();
        before = Before.now();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Before then = before;
        if (then == null) {
            return;
        }
        try {
            fail("the test left something behind", leftBehind(then, Eventually.PATIENCE));
        } finally {
            LogWatch.INSTANCE.stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        LogWatch.INSTANCE.start();
        try {
            LeakReports.provoke();
            fail("a test of this class lost a buffer", LogWatch.INSTANCE.complaints());
        } finally {
            LogWatch.INSTANCE.stop();
        }
    }

    /// What is still there after waiting; a lost buffer then also comes with Netty's report of it.
    static List<String> leftBehind(Before before, Duration patience) {
        if (Eventually.holds(patience, () -> leftBehind(before, false).isEmpty())) {
            return List.of();
        }
        LeakReports.provoke();
        return leftBehind(before, true);
    }

    /// @param described whether sockets are looked up in the kernel's tables, which may be long and are read line
    ///     by line
    private static List<String> leftBehind(Before before, boolean described) {
        List<String> left = new ArrayList<>(LogWatch.INSTANCE.complaints());
        Set<String> sockets = OpenSockets.inodes();
        sockets.removeAll(before.sockets());
        left.addAll(described ? OpenSockets.describe(sockets) : sockets);
        for (Thread thread : watchedThreads()) {
            if (!before.threads().contains(thread)) {
                left.add("thread " + describe(thread));
            }
        }
        gaugeValues().forEach((what, now) -> {
            long old = before.gauges().getOrDefault(what, 0L);
            if (now > old) {
                left.add(what + ": " + now + " (before the test: " + old + ")");
            }
        });
        return left;
    }

    private static void fail(String what, List<String> left) {
        if (!left.isEmpty()) {
            throw new AssertionError(what + ":\n  - " + String.join("\n  - ", left));
        }
    }

    /// Threads that keep the JVM alive, and the gateway's own. Not Netty's one for everybody: it is there on
    /// demand, tells who waits that event loops have ended, and leaves by itself a second later, a second each
    /// test would wait for.
    private static Set<Thread> watchedThreads() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            boolean watched = !thread.isDaemon() || thread.getName().startsWith("gatehouse-");
            if (watched && !thread.getName().startsWith("globalEventExecutor")) {
                threads.add(thread);
            }
        }
        return threads;
    }

    private static String describe(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return thread.getName() + (stack.length == 0 ? "" : " in " + stack[0]);
    }

    private static Map<String, Long> gaugeValues() {
        Map<String, Long> values = new TreeMap<>();
        GAUGES.forEach((what, gauge) -> values.put(what, gauge.getAsLong()));
        return values;
    }

    /// The JDK keeps a socket for closing others, from the first close on: that is not the first test's doing.
    private static void openWhatTheJdkKeepsForever() {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            accepted.shutdownOutput();
            client.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
