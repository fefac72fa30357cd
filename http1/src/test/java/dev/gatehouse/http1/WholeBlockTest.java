package dev.gatehouse.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http1.FieldBlock.Progress;
import org.junit.jupiter.api.Test;

/// Heads and trailers that were put together by the gateway itself.
class WholeBlockTest {
    private static final HeadLimits LIMITS = new HeadLimits(512, 100, 5);

    private final HeadWriter octets = new HeadWriter(16);
    private final ParsedRequest request = new ParsedRequest();

    @Test
    void a_whole_head_is_parsed_like_one_from_a_socket() {
        octets.put("POST /a/../b?c HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\n");
        assertThat(request.parseWhole(octets, LIMITS)).isEqualTo(Progress.COMPLETE);
        assertThat(request.path()).isEqualTo("/b");
        assertThat(request.contentLength()).isEqualTo(5);
        assertThat(request.isHttp2()).isFalse();
    }

    @Test
    void what_is_too_large_is_refused_even_without_an_end() {
        octets.put("GET / HTTP/1.1\r\nhost: a\r\nx: " + "y".repeat(600));
        assertThat(request.parseWhole(octets, LIMITS)).isEqualTo(Progress.REFUSED);
        assertThat(request.fault()).isEqualTo(HeadFault.HEAD_TOO_LARGE);
    }

    @Test
    void a_head_that_came_by_http_2_says_so_until_it_is_forgotten() {
        request.cameByHttp2();
        octets.put("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
        request.parseWhole(octets, LIMITS);
        assertThat(request.isHttp2()).isTrue();
        assertThat(request.isHttp10()).isFalse();
        request.reset();
        assertThat(request.isHttp2()).isFalse();
    }

    @Test
    void trailers_lose_what_means_nothing_there() {
        Trailers trailers = new Trailers();
        octets.put("x-sum: 1\r\ncontent-length: 9\r\n\r\n");
        assertThat(trailers.parseWhole(octets)).isEqualTo(Progress.COMPLETE);
        HeadWriter left = new HeadWriter();
        trailers.writeFields(left);
        assertThat(left).hasToString("x-sum: 1\r\n");
    }
}
