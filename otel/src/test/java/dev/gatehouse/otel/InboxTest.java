package dev.gatehouse.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.EndedExchange;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final SeenExchange ONE = SeenExchange.of(new EndedExchange());

    @Test
    void what_comes_first_goes_first() {
        Inbox inbox = new Inbox(4);
        SeenExchange other = SeenExchange.of(new EndedExchange().status(404));
        inbox.offer(ONE);
        inbox.offer(other);

        assertThat(inbox.poll()).isSameAs(ONE);
        assertThat(inbox.poll()).isSameAs(other);
        assertThat(inbox.poll()).isNull();
    }

    @Test
    void a_full_one_takes_no_more_until_there_is_a_place_again() {
        Inbox inbox = new Inbox(64);
        for (int i = 0; i < 64; i++) {
            assertThat(inbox.offer(ONE)).isTrue();
            assertThat(inbox.isHalfFull()).isEqualTo(i >= 32);
        }
        assertThat(inbox.offer(ONE)).isFalse();
        inbox.poll();
        assertThat(inbox.offer(ONE)).isTrue();
        assertThat(inbox.offer(ONE)).isFalse();
    }

    @Test
    void nothing_is_lost_or_doubled_between_two_threads() throws InterruptedException {
        Inbox inbox = new Inbox(128);
        int all = 200_000;
        AtomicBoolean inOrder = new AtomicBoolean(true);
        Thread reader = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < all; ) {
                SeenExchange next = inbox.poll();
                if (next == null) {
                    Thread.onSpinWait();
                } else {
                    inOrder.compareAndSet(true, next.status() == i);
                    i++;
                }
            }
        });
        for (int i = 0; i < all; ) {
            if (inbox.offer(SeenExchange.of(new EndedExchange().status(i)))) {
                i++;
            } else {
                Thread.onSpinWait();
            }
        }
        reader.join();

        assertThat(inOrder).isTrue();
    }
}
