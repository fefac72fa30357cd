package dev.gatehouse.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RequestLinesTest {
    private final StringWriter said = new StringWriter();

    @Test
    void what_comes_faster_than_it_can_be_written_is_dropped_and_counted() {
        RequestLines lines = new RequestLines(new PrintWriter(said), RequestLine::path, count -> count + " more", 3);
        for (int i = 1; i <= 5; i++) {
            lines.add(line("/" + i));
        }

        lines.drain();
        lines.add(line("/6"));
        lines.drain();

        assertThat(said.toString().lines()).containsExactly("/1", "/2", "/3", "2 more", "/6");
    }

    @Test
    void what_was_handed_over_before_the_end_is_written() {
        RequestLines lines = RequestLines.text(new PrintWriter(said), ZoneOffset.UTC, Ink.PLAIN);
        for (int i = 0; i < 1000; i++) {
            lines.add(line("/" + i));
        }

        lines.close();

        assertThat(said.toString().lines()).hasSize(1000).last().asString().contains("/999");
    }

    private static RequestLine line(String path) {
        return new RequestLine(Instant.EPOCH, 200, "GET", path, null, 0, 0, "");
    }
}
