package dev.gatehouse.engine.http2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClosedStreamsTest {
    @Test
    void the_last_ones_are_known_with_how_they_ended() {
        ClosedStreams closed = new ClosedStreams();
        closed.add(1, false);
        closed.add(5, true);
        assertThat(closed.has(1)).isTrue();
        assertThat(closed.wasReset(1)).isFalse();
        assertThat(closed.has(5)).isTrue();
        assertThat(closed.wasReset(5)).isTrue();
        assertThat(closed.has(3)).isFalse();
    }

    @Test
    void older_ones_are_forgotten() {
        ClosedStreams closed = new ClosedStreams();
        for (int stream = 1; stream <= 401; stream += 2) {
            closed.add(stream, true);
        }
        assertThat(closed.has(401)).isTrue();
        assertThat(closed.has(1)).isFalse();
    }
}
