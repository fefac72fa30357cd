package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.AccessLogConfig;
import dev.gatehouse.engine.telemetry.SampleSummary;
import dev.gatehouse.engine.telemetry.SummarySink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The way of lines from the rings to where they are read; its turns are taken one by one.
class LineWriterTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeTime time = new FakeTime("2026-11-22T12:00:00Z");
    private final Paper paper = new Paper();
    private final LineWriter writer = new LineWriter(paper, 1024, time);

    /// Takes what is written, or as much of it as there is room, and then fails.
    private static final class Paper implements LineOutput {
        private final StringBuilder written = new StringBuilder();
        private int room = Integer.MAX_VALUE;
        private int looks;
        private boolean closed;

        @Override
        public void write(ByteBuffer lines) throws IOException {
            while (lines.hasRemaining()) {
                if (room == 0) {
                    throw new IOException("No space left on device");
                }
                room--;
                written.append((char) lines.get());
            }
        }

        @Override
        public void look() {
            looks++;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public String toString() {
            return "paper";
        }
    }

    @Test
    void lines_of_all_loops_are_written_those_of_one_in_order() {
        LineRing[] loops = {ring(), ring(), ring()};
        for (int i = 0; i < 300; i++) {
            leave(loops[i % 3], "loop " + i % 3 + " line " + i / 3 + "\n");
        }
        writer.turn();
        for (int loop = 0; loop < 3; loop++) {
            String prefix = "loop " + loop;
            assertThat(paper.written.toString().lines().filter(line -> line.startsWith(prefix)))
                    .hasSize(100)
                    .first()
                    .isEqualTo(prefix + " line 0");
        }
        assertThat(paper.written.toString())
                .containsSubsequence("loop 1 line 0\n", "loop 1 line 1\n", "loop 1 line 99");
    }

    @Test
    void what_could_not_be_written_is_written_a_second_later_to_the_octet() {
        LineRing ring = ring();
        leave(ring, "one\n");
        leave(ring, "two\n");
        paper.room = 6;
        writer.turn();
        leave(ring, "three\n");
        paper.room = Integer.MAX_VALUE;
        writer.turn();
        assertThat(paper.written).hasToString("one\ntw");
        time.pass(SECOND);
        writer.turn();
        assertThat(paper.written).hasToString("one\ntwo\nthree\n");
        assertThat(writer.failures()).isEqualTo(1);
        assertThat(writer.dropped()).isZero();
    }

    @Test
    void an_output_that_stays_full_costs_lines_which_are_counted() {
        LineRing ring = ring();
        paper.room = 0;
        for (int second = 0; second < 10; second++) {
            for (int i = 0; i < 100; i++) {
                leave(ring, "0123456789abcde\n");
            }
            writer.turn();
            time.pass(SECOND);
        }
        assertThat(writer.failures()).isEqualTo(10);
        paper.room = Integer.MAX_VALUE;
        writer.turn();
        long written = paper.written.toString().lines().count();
        assertThat(written).isGreaterThan(100).isLessThan(1000);
        assertThat(written + writer.dropped()).isEqualTo(1000);
    }

    @Test
    void the_output_is_looked_after_once_a_second() {
        for (int i = 0; i < 40; i++) {
            writer.turn();
            time.pass(Duration.ofMillis(100));
        }
        assertThat(paper.looks).isEqualTo(3);
    }

    @Test
    void at_the_end_everything_is_written() {
        AccessLogConfig config = AccessLogConfig.DEFAULT.withFormat("{status}");
        try (AccessLog log = new AccessLog(config, "shop", null, paper, time)) {
            SummarySink loop = log.on(0);
            for (int i = 0; i < 1000; i++) {
                loop.ended(new SampleSummary());
            }
            log.start();
        }
        assertThat(paper.written).hasToString("200\n".repeat(1000));
        assertThat(paper.closed).isTrue();
    }

    @Test
    void a_loop_that_asks_again_after_a_reload_goes_on_with_its_ring() {
        try (AccessLog log = new AccessLog(AccessLogConfig.DEFAULT, "shop", null, paper, time)) {
            assertThat(log.on(0)).isSameAs(log.on(0)).isNotSameAs(log.on(1));
            log.start();
        }
    }

    @Test
    void an_output_that_fails_does_not_keep_anybody_at_the_end() {
        paper.room = 0;
        AccessLog log = new AccessLog(AccessLogConfig.DEFAULT, "shop", null, paper, time);
        log.on(0).ended(new SampleSummary());
        log.start();
        log.close();
        assertThat(paper.closed).isTrue();
        assertThat(log.failures()).isPositive();
    }

    private LineRing ring() {
        LineRing ring = new LineRing(4096);
        writer.add(ring);
        return ring;
    }

    private static void leave(LineRing ring, String line) {
        byte[] octets = line.getBytes(UTF_8);
        ring.leave(octets, octets.length);
    }
}
