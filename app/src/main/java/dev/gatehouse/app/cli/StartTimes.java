package dev.gatehouse.app.cli;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// How long a start took, and what of it: from the start of the process to the command is the JVM's part, then come
/// the parts that are [done][#done], each from the end of the one before. In milliseconds, and the sum is the whole.
final class StartTimes {
    private static final String JVM = "JVM";

    private final LongSupplier nanos;
    private final long jvmMillis;
    private final Map<String, Long> ends = new LinkedHashMap<>();
    private final long begun;

    /// @param nanos a clock
    /// @param jvmMillis what has passed already
    StartTimes(LongSupplier nanos, long jvmMillis) {
        this.nanos = nanos;
        this.jvmMillis = jvmMillis;
        this.begun = nanos.getAsLong();
    }

    /// To be called when the command begins.
    static StartTimes begin() {
        long jvm = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        return new StartTimes(System::nanoTime, jvm);
    }

    void done(String part) {
        ends.put(part, TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - begun));
    }

    /// In order, the JVM last.
    Map<String, Long> parts() {
        Map<String, Long> parts = new LinkedHashMap<>();
        long before = 0;
        for (Map.Entry<String, Long> end : ends.entrySet()) {
            parts.put(end.getKey(), end.getValue() - before);
            before = end.getValue();
        }
        parts.put(JVM, jvmMillis);
        return parts;
    }

    long millis() {
        return parts().values().stream().mapToLong(Long::longValue).sum();
    }

    /// `412 ms   (config 38 · services 61 · listeners 24 · JVM 289)`.
    @Override
    public String toString() {
        return millis() + " ms   ("
                + parts().entrySet().stream()
                        .map(part -> part.getKey() + " " + part.getValue())
                        .collect(Collectors.joining(" · "))
                + ")";
    }
}
