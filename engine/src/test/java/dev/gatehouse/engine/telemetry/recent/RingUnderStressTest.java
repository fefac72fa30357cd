package dev.gatehouse.engine.telemetry.recent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// One writes as fast as it can into very few places, others read them meanwhile: nobody ever sees the half of one
/// request and the half of another.
class RingUnderStressTest {
    private static final int WRITTEN = 400_000;
    private static final int READERS = 3;

    @Test
    void a_reader_gets_a_request_whole_or_not_at_all() throws Exception {
        RecentRing ring = new RecentRing(0, 4, 2);
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> read(ring, over)));
            }
            EndedRequest request = EndedRequest.served();
            for (int i = 0; i < WRITTEN; i++) {
                become(request, i);
                ring.ended(request);
            }
            over.set(true);
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    /// Every field says the same number.
    private static void become(EndedRequest request, int number) {
        String digit = Integer.toString(number % 10);
        request.id = digit.repeat(36);
        request.method = digit.repeat(1 + number % 7);
        request.path = digit.repeat(1 + number % 200);
        request.route = digit;
        request.service = digit;
        request.status = number;
        request.millis = number;
        request.nanos = number;
        request.failure = number % 2 == 0 ? FailureKind.NO_ROUTE : null;
    }

    private static long read(RecentRing ring, AtomicBoolean over) {
        long whole = 0;
        while (!over.get()) {
            long newest = ring.written() - 1;
            for (long number = newest; number > newest - ring.size(); number--) {
                RecentRequest one = ring.read(number);
                if (one != null) {
                    check(one, number);
                    whole++;
                }
            }
        }
        return whole;
    }

    private static void check(RecentRequest one, long number) {
        String digit = Long.toString(number % 10);
        boolean whole = one.at().number() == number
                && one.id().equals(digit.repeat(36))
                && one.method().equals(digit.repeat((int) (1 + number % 7)))
                && one.path().equals(digit.repeat((int) (1 + number % 200)))
                && digit.equals(one.route())
                && digit.equals(one.service())
                && one.status() == number
                && one.startedMillis() == number
                && one.durationNanos() == number
                && one.bytesOut() == number
                && (one.code() != null) == (number % 2 == 0);
        if (!whole) {
            throw new AssertionError("torn: " + number + " " + one);
        }
    }
}
