package dev.gatehouse.it.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.lifecycle.GatewayProcess;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What floods cost a gateway in a process of its own, and the client beside them: memory, and time.
@LeavesNothingBehind
@EnabledOnOs(OS.LINUX)
class FloodCostTest {
    /// How long each flood comes again and again, always on a new connection. `-Dgatehouse.flood.millis=5000` on an
    /// idle machine gives figures to be quoted.
    private static final Duration LASTING = Duration.ofMillis(Integer.getInteger("gatehouse.flood.millis", 700));

    /// From the end of one flood to the next.
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final int WARMING = 5000;

    private static final long MOST_MEMORY_KIB = 16 << 10;

    /// Of a machine that does other things, too: attacker, client, service and gateway share its processors.
    private static final double NOISE_MICROS = 10_000;

    @TempDir
    Path folder;

    @Test
    void a_flood_takes_little_memory_and_little_of_the_time_of_others() throws Exception {
        try (FakeService service = FakeService.with().keepNothing().start();
                GatewayProcess gateway = gateway(service);
                FrameClient good = FrameClient.connect(gateway.port())) {
            GoodClient client = new GoodClient(good);
            client.warmUp();
            for (Flood flood : Flood.values()) {
                double alone = client.p99(LASTING);
                long before = gateway.residentKib();
                Attack attack = new Attack(flood, gateway.port());
                double beside = client.p99(LASTING);
                int floods = attack.end();
                long more = gateway.residentKib() - before;

                System.out.printf(
                        "%-22s %4d floods   p99 %6.0f µs, alone %6.0f µs   RSS %+6d KiB%n",
                        flood, floods, beside, alone, more);
                assertThat(floods).as("floods of %s", flood).isPositive();
                assertThat(more).as("KiB more after %s", flood).isLessThanOrEqualTo(MOST_MEMORY_KIB);
                assertThat(beside).as("p99 beside %s", flood).isLessThanOrEqualTo(2 * alone + NOISE_MICROS);
            }
        }
    }

    private GatewayProcess gateway(FakeService service) throws Exception {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), """
                admin: { port: 0 }
                listeners: { main: { bind: 127.0.0.1, port: 0, protocols: [ h2c ] } }
                services: { shop: { instances: [ "%s" ] } }
                routes: [ { path: /**, service: shop } ]
                """.formatted(service.url()));
        return GatewayProcess.start("run", "-f", file.toString());
    }

    /// Asks one thing after another, always on the same connection.
    private static final class GoodClient {
        private final FrameClient client;
        private int stream = -1;

        GoodClient(FrameClient client) {
            this.client = client;
        }

        /// The JVM gets to know the way, and touches the memory it needs for it.
        void warmUp() {
            for (int i = 0; i < WARMING; i++) {
                ask();
            }
        }

        /// In microseconds, of what it asked in that time.
        double p99(Duration lasting) {
            long[] took = new long[100_000];
            int count = 0;
            long end = System.nanoTime() + lasting.toNanos();
            for (long now = System.nanoTime(); now < end && count < took.length; now = System.nanoTime()) {
                ask();
                took[count++] = System.nanoTime() - now;
                LockSupport.parkNanos(200_000);
            }
            Arrays.sort(took, 0, count);
            return took[count * 99 / 100] / 1000.0;
        }

        private void ask() {
            stream += 2;
            assertThat(client.get(stream, "/").answer(stream).status()).isEqualTo(200);
        }
    }

    /// One flood after another until it is ended, on a thread of its own.
    private static final class Attack {
        private final AtomicBoolean ends = new AtomicBoolean();
        private final AtomicInteger floods = new AtomicInteger();
        private final Thread thread;

        Attack(Flood flood, int port) {
            thread = Thread.ofPlatform().name("attack").start(() -> {
                while (!ends.get()) {
                    try (FrameClient bad = FrameClient.connect(port)) {
                        flood.by(bad);
                        bad.goAway();
                    }
                    floods.incrementAndGet();
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            });
        }

        /// How many there were.
        int end() throws InterruptedException {
            ends.set(true);
            thread.join();
            return floods.get();
        }
    }
}
