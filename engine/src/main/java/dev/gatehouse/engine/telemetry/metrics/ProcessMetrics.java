package dev.gatehouse.engine.telemetry.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the process and its JVM use, by the names that Prometheus' own clients give it, so that dashboards made for
/// those
/// work here. Reads files of the kernel: not for a loop.
public final class ProcessMetrics implements MetricSource {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double NANOS_IN_SECOND = 1e9;
    private static final double MILLIS_IN_SECOND = 1e3;

    @Override
    public List<MetricFamily> families() {
        List<MetricFamily> all = new ArrayList<>();
        addMemory(all);
        all.add(collections());
        all.add(MetricCatalogue.THREADS.at(ManagementFactory.getThreadMXBean().getThreadCount()));
        addProcess(all);
        return all;
    }

    private static void addMemory(List<MetricFamily> all) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        MemoryUsage heap = memory.getHeapMemoryUsage();
        MemoryUsage rest = memory.getNonHeapMemoryUsage();
        all.add(areas(MetricCatalogue.MEMORY_USED, heap.getUsed(), rest.getUsed()));
        all.add(areas(MetricCatalogue.MEMORY_COMMITTED, heap.getCommitted(), rest.getCommitted()));
        all.add(areas(MetricCatalogue.MEMORY_MAX, heap.getMax(), rest.getMax()));
    }

    /// One that is negative is not known.
    private static MetricFamily areas(Metric metric, long heap, long rest) {
        List<MetricFamily.Figure> rows = new ArrayList<>();
        rows.add(new MetricFamily.Figure(List.of("heap"), heap));
        rows.add(new MetricFamily.Figure(List.of("nonheap"), rest));
        rows.removeIf(row -> row.value() < 0);
        return metric.of(rows);
    }

    private static MetricFamily collections() {
        List<MetricFamily.Total> rows = new ArrayList<>();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            rows.add(new MetricFamily.Total(
                    List.of(collector.getName()),
                    Math.max(0, collector.getCollectionCount()),
                    Math.max(0, collector.getCollectionTime()) / MILLIS_IN_SECOND));
        }
        return MetricCatalogue.GC.of(rows);
    }

    private static void addProcess(List<MetricFamily> all) {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        if (system instanceof UnixOperatingSystemMXBean unix) {
            all.add(MetricCatalogue.CPU.at(unix.getProcessCpuTime() / NANOS_IN_SECOND));
            all.add(MetricCatalogue.OPEN_FILES.at((double) unix.getOpenFileDescriptorCount()));
            all.add(MetricCatalogue.MAX_FILES.at((double) unix.getMaxFileDescriptorCount()));
        }
        long resident = resident();
        if (resident > 0) {
            all.add(MetricCatalogue.RESIDENT.at((double) resident));
        }
        all.add(MetricCatalogue.START_TIME.at(
                ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_IN_SECOND));
    }

    /// In bytes; 0 where the kernel does not say.
    private static long resident() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return 0;
    }
}
