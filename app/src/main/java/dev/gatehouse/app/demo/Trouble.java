package dev.gatehouse.app.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What is wrong with an instance of the demo, on purpose and for a while.
///
/// @param failPercent of its answers are 503, those of its health check too
/// @param slow how much longer each answer takes
/// @param lasts since it began; then all is well again
public record Trouble(int failPercent, Duration slow, Duration lasts) {
    private static final Duration MOST_SLOW = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// Made after the bounds it is measured against.
    static final Trouble NONE = new Trouble(0, Duration.ZERO, Duration.ZERO);

    public Trouble {
        if (failPercent < 0 || failPercent > 100) {
            throw new IllegalArgumentException("fail: " + failPercent + "% (expected: 0% to 100%)");
        }
        if (slow.isNegative() || slow.compareTo(MOST_SLOW) > 0) {
            throw new IllegalArgumentException("slow: " + slow.toMillis() + "ms (expected: at most 20s)");
        }
        if (lasts.isNegative() || lasts.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("for: " + lasts.toSeconds() + "s (expected: at most 10m)");
        }
    }

    boolean isOver(Instant since, Instant now) {
        return !now.isBefore(since.plus(lasts));
    }

    boolean fails(RandomGenerator random) {
        return failPercent > 0 && random.nextInt(100) < failPercent;
    }

    /// As the demo's services are told it: `fail=50&slow=400&for=30000`, times in milliseconds.
    String query() {
        return "fail=" + failPercent + "&slow=" + slow.toMillis() + "&for=" + lasts.toMillis();
    }

    /// @throws IllegalArgumentException when it is not a [#query]
    static Trouble of(String query) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        Arrays.stream(query.split("&")).forEach(pair -> {
            int equals = pair.indexOf('=');
            numbers.put(pair.substring(0, Math.max(0, equals)), Long.parseLong(pair, equals + 1, pair.length(), 10));
        });
        return new Trouble(
                Math.toIntExact(numbers.getOrDefault("fail", 0L)),
                Duration.ofMillis(numbers.getOrDefault("slow", 0L)),
                Duration.ofMillis(numbers.getOrDefault("for", 0L)));
    }
}
