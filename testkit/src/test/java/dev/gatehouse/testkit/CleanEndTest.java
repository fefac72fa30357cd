package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/// Calls the extension as JUnit does, around something that leaves something behind.
@Isolated
class CleanEndTest {

    @Test
    void passes_a_test_that_leaves_nothing() {
        assertThat(complaintsAbout(CleanEndTest::openAndClose)).isEmpty();
    }

    @Test
    void names_an_undeclared_warning() {
        assertThat(complaintsAbout(() -> LoggerFactory.getLogger("a.b").warn("bad {}", "day")))
                .containsExactly("log: WARN a.b: bad day");
    }

    @Test
    void passes_a_declared_warning() {
        assertThat(complaintsAbout(() -> {
                    CleanEnd.expectLog("bad");
                    CleanEnd.allowLog("rain");
                    LoggerFactory.getLogger("a.b").warn("bad day");
                }))
                .isEmpty();
    }

    @Test
    void names_a_warning_that_never_came() {
        assertThat(complaintsAbout(() -> CleanEnd.expectLog("bad"))).containsExactly("the log never said: bad");
    }

    @Test
    void names_the_ends_of_an_open_socket() {
        RawClient[] left = new RawClient[1];
        try (FakeService service = FakeService.start()) {
            List<String> complaints = complaintsAbout(() -> left[0] = RawClient.connect(service.port()));

            assertThat(complaints).anyMatch(line -> line.contains("to 127.0.0.1:" + service.port() + " ESTABLISHED"));
        } finally {
            left[0].close();
        }
    }

    @Test
    void names_a_thread_of_the_gateway() {
        CountDownLatch end = new CountDownLatch(1);
        try {
            assertThat(complaintsAbout(() -> Thread.ofPlatform()
                            .daemon()
                            .name("gatehouse-loop-1")
                            .start(() -> awaitQuietly(end))))
                    .singleElement()
                    .asString()
                    .contains("gatehouse-loop-1");
        } finally {
            end.countDown();
        }
    }

    @Test
    void counts_buffers_not_released() {
        ByteBuf[] left = new ByteBuf[1];
        List<String> complaints = complaintsAbout(() -> left[0] = PooledByteBufAllocator.DEFAULT.directBuffer(10_000));
        left[0].release();

        assertThat(complaints).singleElement().asString().contains("direct bytes in buffers not released");
    }

    @Test
    void names_a_buffer_the_garbage_collector_found() {
        assertThat(complaintsAbout(() -> PooledByteBufAllocator.DEFAULT.directBuffer(16)))
                .anyMatch(line -> line.startsWith("log: ERROR") && line.contains("LEAK"));
    }

    @Test
    void watches_numbers_of_others() {
        long[] exchanges = {3};
        CleanEnd.watch("exchanges under way", () -> exchanges[0]);

        assertThat(complaintsAbout(() -> exchanges[0]++))
                .containsExactly("exchanges under way: 4 (before the test: 3)");
    }

    private static List<String> complaintsAbout(Runnable test) {
        LogWatch.INSTANCE.start();
        try {
            CleanEnd.Before before = CleanEnd.Before.now();
            test.run();
            return CleanEnd.leftBehind(before, Duration.ofMillis(200));
        } finally {
            LogWatch.INSTANCE.stop();
        }
    }

    private static void openAndClose() {
        try (FakeService service = FakeService.start();
                RawClient client = RawClient.connect(service.port())) {
            client.send("GET / HTTP/1.1\r\n\r\n").readAnswer();
        }
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
