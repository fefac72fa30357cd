package dev.gatehouse.app.demo;

import dev.gatehouse.app.demo.identity.DemoIssuer;
import dev.gatehouse.app.demo.identity.DemoUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// A steady stream of [requests][TrafficMix] to a gateway on this machine, for a while. At most [#MOST_AT_ONCE] are
/// under way: when the gateway does not keep up, requests are left out and counted, never piled up.
public final class DemoTraffic {
    public static final int MOST_PER_SECOND = 1000;

    private static final int MOST_AT_ONCE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI gateway;
    private final int perSecond;
    private final Duration lasts;
    private final String customer;
    private final String support;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final NavigableMap<Integer, LongAdder> byStatus = new ConcurrentSkipListMap<>();
    private final LongAdder unanswered = new LongAdder();

    /// @param byStatus how many answers there were of each
    /// @param unanswered no connection, no answer in time, or a broken one
    /// @param leftOut because too many were under way
    public record Sum(NavigableMap<Integer, Long> byStatus, long unanswered, long leftOut) {
        public long asked() {
            return byStatus.values().stream().mapToLong(Long::longValue).sum() + unanswered;
        }
    }

    /// @param gateway `http://127.0.0.1:8080`
    public DemoTraffic(URI gateway, int perSecond, Duration lasts) {
        if (perSecond < 1 || perSecond > MOST_PER_SECOND) {
            throw new IllegalArgumentException(
                    "the rate " + perSecond + "/s (expected: 1/s to " + MOST_PER_SECOND + "/s)");
        }
        this.gateway = gateway;
        this.perSecond = perSecond;
        this.lasts = lasts;
        this.customer = token(DemoUser.ALICE);
        this.support = token(DemoUser.SAM);
    }

    /// Sends, and returns when the last answer is there.
    public Sum run() {
        long leftOut = 0;
        try (HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long begun = System.nanoTime();
            long all = Math.max(1, lasts.toMillis() * perSecond / 1000);
            for (long number = 0; number < all; number++) {
                sleepUntil(begun + number * TimeUnit.SECONDS.toNanos(1) / perSecond);
                TrafficMix.Ask ask = TrafficMix.ask(number);
                if (free.tryAcquire()) {
                    threads.execute(() -> send(http, ask));
                } else {
                    leftOut++;
                }
            }
        }
        NavigableMap<Integer, Long> counts = new TreeMap<>();
        byStatus.forEach((status, count) -> counts.put(status, count.sum()));
        return new Sum(counts, unanswered.sum(), leftOut);
    }

    private void send(HttpClient http, TrafficMix.Ask ask) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(ask.path()))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .method(ask.method(), HttpRequest.BodyPublishers.ofString(ask.body()));
            identify(request, ask.by());
            int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            byStatus.computeIfAbsent(status, same -> new LongAdder()).increment();
        } catch (IOException e) {
            unanswered.increment();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            free.release();
        }
    }

    private void identify(HttpRequest.Builder request, TrafficMix.By by) {
        switch (by) {
            case NOBODY -> {}
            case CUSTOMER -> request.header("Authorization", "Bearer " + customer);
            case SUPPORT -> request.header("Authorization", "Bearer " + support);
            case PRO_PARTNER -> request.header("X-API-Key", DemoKey.PRO.text());
            case FREE_PARTNER -> request.header("X-API-Key", DemoKey.FREE.text());
            case STRANGER -> request.header("X-API-Key", "demo_nobody");
        }
    }

    private String token(DemoUser user) {
        return DemoIssuer.accessToken(user.id(), user.roles(), Instant.now(), lasts.plusMinutes(1));
    }

    private static void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
