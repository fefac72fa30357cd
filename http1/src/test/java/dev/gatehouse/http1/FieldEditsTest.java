package dev.gatehouse.http1;

import static dev.gatehouse.http1.Heads.response;
import static dev.gatehouse.http1.Heads.written;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldEditsTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nA: 1\r\nB: 2\r\nConnection: x\r\na: 3\r\n\r\n";

    private final ParsedResponse head = response(HEAD);
    private final FieldEdits edits = new FieldEdits();

    @Test
    void without_edits_the_head_is_written_as_it_came() {
        edits.reset(head);

        assertThat(result()).isEqualTo("A: 1\r\nB: 2\r\na: 3\r\n");
    }

    @Test
    void added_fields_stand_behind_the_others_in_order() {
        edits.reset(head);
        edits.add(octets("C"), octets("4"));
        edits.add(octets("a"), octets("(5)"), 1, 2);

        assertThat(result()).isEqualTo("A: 1\r\nB: 2\r\na: 3\r\nC: 4\r\na: 5\r\n");
        assertThat(edits.find(octets("c"))).isZero();
        assertThat(edits.value(1)).isEqualTo(octets("(5)"));
        assertThat(edits.valueStart(1)).isEqualTo(1);
        assertThat(edits.valueEnd(1)).isEqualTo(2);
    }

    @Test
    void another_version_is_told_of_all_but_what_ends_at_each_hop() {
        edits.reset(head);
        edits.add(octets("Transfer-Encoding"), octets("chunked"));
        edits.add(octets("TE"), octets("trailers"));
        edits.add(octets("C"), octets("(4)"), 1, 2);
        edits.add(octets("b"), octets("5"));
        remove("b");
        StringBuilder told = new StringBuilder();

        edits.tell((name, nameStart, nameEnd, value, valueStart, valueEnd) -> told.append(
                        new String(name, nameStart, nameEnd - nameStart, US_ASCII))
                .append('=')
                .append(new String(value, valueStart, valueEnd - valueStart, US_ASCII))
                .append(' '));

        assertThat(told).hasToString("A=1 a=3 TE=trailers C=4 ");
    }

    @Test
    void removing_a_name_takes_every_field_of_it_away() {
        edits.reset(head);
        edits.add(octets("A"), octets("4"));
        remove("a");
        edits.add(octets("A"), octets("5"));

        assertThat(result()).isEqualTo("B: 2\r\nA: 5\r\n");
        assertThat(edits.find(octets("a"))).isEqualTo(1);
    }

    @Test
    void what_is_removed_counts_as_received_and_what_was_dropped_before_does_not() {
        edits.reset(head);
        remove("a");
        remove("connection");

        assertThat(head.dropped(0)).isTrue();
        assertThat(head.received(0)).isTrue();
        assertThat(head.received(1)).isTrue();
        assertThat(head.received(2)).isFalse();
        assertThat(head.received(3)).isTrue();
    }

    @Test
    void a_spelling_that_a_service_may_read_as_the_same_name_is_removed_too() {
        edits.reset(
                Heads.request("GET / HTTP/1.1\r\nHost: a\r\nX_User_Id: 1\r\nX-User_Id: 2\r\nX-User-Ids: 3\r\n\r\n"));
        remove("x-user-id");

        assertThat(result()).isEqualTo("Host: a\r\nX-User-Ids: 3\r\n");
    }

    @Test
    void a_rollback_undoes_everything_since_the_mark_and_nothing_before() {
        edits.reset(head);
        remove("b");
        edits.add(octets("C"), octets("4"));
        long mark = edits.mark();
        remove("a");
        remove("c");
        edits.add(octets("C"), octets("5"));
        remove("c");
        edits.add(octets("D"), octets("6"));

        edits.rollback(mark);

        assertThat(result()).isEqualTo("A: 1\r\na: 3\r\nC: 4\r\n");
        assertThat(edits.find(octets("d"))).isEqualTo(-1);
        edits.add(octets("E"), octets("7"));
        assertThat(result()).isEqualTo("A: 1\r\na: 3\r\nC: 4\r\nE: 7\r\n");
    }

    @Test
    void a_rollback_does_not_bring_back_what_the_head_never_forwarded() {
        edits.reset(head);
        long mark = edits.mark();
        remove("connection");

        edits.rollback(mark);

        assertThat(result()).isEqualTo("A: 1\r\nB: 2\r\na: 3\r\n");
    }

    @Test
    void there_may_be_many_edits() {
        edits.reset(head);
        StringBuilder expected = new StringBuilder(written(head));
        for (int i = 0; i < 100; i++) {
            edits.add(octets("n" + i), octets("v" + i));
            expected.append("n" + i + ": v" + i + "\r\n");
        }
        long mark = edits.mark();
        for (int i = 0; i < 100; i++) {
            remove("n" + i);
        }
        assertThat(result()).isEqualTo(written(head));

        edits.rollback(mark);

        assertThat(result()).isEqualTo(expected.toString());
    }

    @Test
    void the_next_head_has_no_edits() {
        edits.reset(head);
        edits.add(octets("C"), octets("4"));
        remove("a");

        edits.reset(response(HEAD));

        assertThat(result()).isEqualTo("A: 1\r\nB: 2\r\na: 3\r\n");
        assertThat(edits.find(octets("c"))).isEqualTo(-1);
        edits.add(octets("C"), octets("5"));
        assertThat(edits.find(octets("c"))).isZero();
    }

    private void remove(String name) {
        edits.remove(octets(name), FieldBlock.hash(octets(name)));
    }

    private String result() {
        HeadWriter out = new HeadWriter();
        edits.writeTo(out);
        return out.toString();
    }

    private static byte[] octets(String text) {
        return text.getBytes(US_ASCII);
    }
}
