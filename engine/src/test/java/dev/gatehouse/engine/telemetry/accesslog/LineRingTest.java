package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LineRingTest {
    private final LineRing ring = new LineRing(64);
    private final byte[] taken = new byte[256];

    @Test
    void lines_come_out_as_they_went_in_also_around_the_end() {
        StringBuilder in = new StringBuilder();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            String line = "line " + i * i + "\n";
            in.append(line);
            leave(line);
            out.append(take(256));
        }
        assertThat(out).hasToString(in.toString());
        assertThat(ring.dropped()).isZero();
    }

    @Test
    void a_full_ring_drops_whole_lines_and_counts_them() {
        String line = "0123456789abcde\n";
        for (int i = 0; i < 7; i++) {
            leave(line);
        }
        assertThat(ring.dropped()).isEqualTo(3);
        assertThat(take(256)).isEqualTo(line.repeat(4));
        leave(line);
        assertThat(take(256)).isEqualTo(line);
        assertThat(ring.dropped()).isEqualTo(3);
    }

    @Test
    void a_line_that_is_longer_than_the_ring_is_dropped() {
        leave("x".repeat(64) + "\n");
        leave("y\n");
        assertThat(ring.dropped()).isEqualTo(1);
        assertThat(take(256)).isEqualTo("y\n");
    }

    @Test
    void only_whole_lines_are_taken_when_room_is_short() {
        leave("one\n");
        leave("three\n");
        leave("five\n");
        assertThat(take(12)).isEqualTo("one\nthree\n");
        assertThat(take(4)).isEmpty();
        assertThat(take(5)).isEqualTo("five\n");
    }

    @Test
    void the_writer_is_told_to_hurry_from_the_half_on() {
        String line = "0123456789abcde\n";
        assertThat(leave(line)).isFalse();
        assertThat(leave(line)).isTrue();
        take(256);
        assertThat(leave(line)).isFalse();
    }

    @Test
    void two_threads_lose_nothing_but_what_is_counted() throws InterruptedException {
        LineRing busy = new LineRing(4096);
        int lines = 100_000;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            byte[] batch = new byte[1000];
            int length;
            boolean over;
            do {
                over = done.get();
                length = busy.take(batch, 0, batch.length);
                out.write(batch, 0, length);
            } while (!over || length > 0);
        });
        Random random = new Random(1);
        for (int i = 0; i < lines; i++) {
            byte[] line = (i + ":" + "x".repeat(random.nextInt(60)) + "\n").getBytes(US_ASCII);
            busy.leave(line, line.length);
        }
        done.set(true);
        writer.join();
        String[] written = out.toString(US_ASCII).split("\n");
        assertThat(written.length + busy.dropped()).isEqualTo(lines);
        int last = -1;
        for (String line : written) {
            assertThat(line).matches("[0-9]+:x*");
            int number = Integer.parseInt(line.substring(0, line.indexOf(':')));
            assertThat(number).isGreaterThan(last);
            last = number;
        }
    }

    private boolean leave(String line) {
        byte[] octets = line.getBytes(US_ASCII);
        return ring.leave(octets, octets.length);
    }

    private String take(int room) {
        return new String(taken, 0, ring.take(taken, 0, room), US_ASCII);
    }
}
