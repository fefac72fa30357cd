package dev.gatehouse.it.store;

import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Clients that ask at an even pace on connections they keep, and write down what they saw.
final class Crowd {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n";

    private Crowd() {}

    /// One request. When the gateway decided lies between the two moments, both in nanoseconds.
    record Seen(long sent, long answered, int status) {}

    /// @param ports of gateways: the connections are spread over them
    /// @param pause between two requests of a connection
    /// @param meanwhile what happens in the meantime
    /// @return what was seen, by time
    static List<Seen> asks(List<Integer> ports, int connections, Duration pause, Duration lasts, Callable<?> meanwhile)
            throws Exception {
        long end = System.nanoTime() + lasts.toNanos();
        List<Seen> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections + 1)) {
            List<Future<List<Seen>>> clients = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int port = ports.get(i % ports.size());
                clients.add(threads.submit(() -> one(port, pause, end)));
            }
            Future<?> other = threads.submit(meanwhile);
            for (Future<List<Seen>> client : clients) {
                all.addAll(client.get());
            }
            other.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
        all.sort((a, b) -> Long.compare(a.answered, b.answered));
        return all;
    }

    private static List<Seen> one(int port, Duration pause, long end) throws InterruptedException {
        List<Seen> seen = new ArrayList<>();
        try (RawClient client = RawClient.connect(port)) {
            for (long sent = System.nanoTime(); sent - end < 0; sent = System.nanoTime()) {
                RawAnswer answer = client.send(REQUEST).readAnswer();
                seen.add(new Seen(sent, System.nanoTime(), answer.status()));
                Thread.sleep(pause);
            }
        }
        return seen;
    }

    static List<Seen> allowed(List<Seen> seen) {
        return seen.stream().filter(one -> one.status == 200).toList();
    }

    /// The most that were certainly let through within one window: those that were sent after its beginning and
    /// answered before its end.
    static int mostIn(Duration window, List<Seen> allowed) {
        int most = 0;
        for (Seen first : allowed) {
            long begin = first.sent;
            int count = 0;
            for (Seen one : allowed) {
                if (one.sent - begin >= 0 && one.answered - begin <= window.toNanos()) {
                    count++;
                }
            }
            most = Math.max(most, count);
        }
        return most;
    }

    /// What a limit that knows the moment of each request lets through of the same requests.
    static int perfect(int limit, Duration window, List<Seen> seen) {
        Deque<Long> counted = new ArrayDeque<>();
        int allowed = 0;
        for (Seen one : seen) {
            while (!counted.isEmpty() && one.answered - counted.getFirst() >= window.toNanos()) {
                counted.removeFirst();
            }
            if (counted.size() < limit) {
                counted.addLast(one.answered);
                allowed++;
            }
        }
        return allowed;
    }

    static long slowerThan(Duration time, List<Seen> seen) {
        return seen.stream()
                .filter(one -> one.answered - one.sent >= time.toNanos())
                .count();
    }

    /// @return in milliseconds
    static long slowest(List<Seen> seen) {
        return seen.stream().mapToLong(one -> one.answered - one.sent).max().orElse(0) / 1_000_000;
    }
}
