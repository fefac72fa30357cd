package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.engine.config.AccessLogConfig;
import dev.gatehouse.engine.config.AccessLogTargetConfig;
import dev.gatehouse.engine.config.AccessLogTargetConfig.Facility;
import dev.gatehouse.engine.config.LogRotationConfig;
import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.SummarySink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The access log of a gateway: a line for each exchange, as one configuration wants it. Opens what it writes to with
/// the first line, and never fails: what cannot be written is tried again, counted, and told in the gateway's own log.
public final class AccessLog implements Observer {
    /// How long [#close] waits for lines to be written.
    private static final Duration AT_THE_END = Duration.ofSeconds(5);

    private static final int SYSLOG_PORT = 514;

    private final AccessLogConfig config;
    private final String gateway;
    private final LineFormat format;
    private final LineFormat connections;
    private final Sampling sampling;
    private final @Nullable SyslogHeader header;
    private final LineOutput output;
    private final LineWriter writer;
    private final Thread thread;
    private final Map<Integer, SummarySink> loops = new ConcurrentHashMap<>();

    /// @param header for a syslog server; null for anything else
    AccessLog(
            AccessLogConfig config, String gateway, @Nullable SyslogHeader header, LineOutput output, TimeSource time) {
        this.config = config;
        this.gateway = gateway;
        this.format = LineFormat.of(config);
        this.connections = LineFormat.ofConnections(config);
        this.sampling = new Sampling(config.sample(), config.sampleErrors());
        this.header = header;
        this.output = output;
        this.writer =
                new LineWriter(output, Math.max(format.longest(), connections.longest()) + SyslogHeader.LONGEST, time);
        this.thread = Thread.ofPlatform().daemon().name("gatehouse-access-log").unstarted(writer);
    }

    /// Begins. Files are written relative to the folder the process runs in.
    ///
    /// @param gateway what it is called, for syslog
    /// @throws IllegalArgumentException when a line cannot have a value the format asks for
    public static AccessLog open(AccessLogConfig config, String gateway) {
        TimeSource time = new SystemTime();
        AccessLogTargetConfig to = config.to();
        Facility facility = to.facility();
        SyslogHeader header = facility == null
                ? null
                : new SyslogHeader(
                        facility, hostName(), gateway, ProcessHandle.current().pid());
        AccessLog log = new AccessLog(config, gateway, header, output(to, time), time);
        log.start();
        return log;
    }

    private static final class SystemTime implements TimeSource {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    }

    /// Lines begin to be written.
    void start() {
        thread.start();
    }

    private static LineOutput output(AccessLogTargetConfig to, TimeSource time) {
        if (to.file() != null) {
            return new FileOutput(Path.of(to.file()), rotation(to.rotate(), time));
        }
        if (to.syslog() != null) {
            URI server = URI.create(to.syslog());
            int port = server.getPort() < 0 ? SYSLOG_PORT : server.getPort();
            return switch (server.getScheme()) {
                case "unix" -> SyslogStream.unix(Path.of(server.getPath()));
                case "udp" -> new SyslogDatagrams(Objects.requireNonNull(server.getHost()), port);
                default -> SyslogStream.tcp(Objects.requireNonNull(server.getHost()), port);
            };
        }
        return to.stream() == AccessLogTargetConfig.Stream.STDERR ? StreamOutput.stderr() : StreamOutput.stdout();
    }

    private static @Nullable Rotation rotation(@Nullable LogRotationConfig config, TimeSource time) {
        return config == null
                ? null
                : new Rotation(
                        config,
                        time,
                        ZoneId.systemDefault(),
                        compression -> Thread.ofPlatform()
                                .daemon()
                                .name("gatehouse-access-log-gzip")
                                .start(compression));
    }

    /// As the kernel knows it; empty when it does not say. Asking a name server would take its time.
    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"), UTF_8).strip();
        } catch (IOException e) {
            return Objects.requireNonNullElse(System.getenv("HOSTNAME"), "");
        }
    }

    /// Whether a log that is opened with these would be the same: then a reload goes on with this one.
    public boolean isFor(AccessLogConfig other, String otherGateway) {
        return config.equals(other) && gateway.equals(otherGateway);
    }

    /// The same for a loop that asks again: a reload that keeps this log keeps its rings.
    @Override
    public SummarySink on(int loop) {
        return loops.computeIfAbsent(loop, _ -> {
            LineRing ring = new LineRing(config.buffer());
            writer.add(ring);
            return new AccessLogSink(
                    sampling, new LineComposer(format, header), new LineComposer(connections, header), ring, writer);
        });
    }

    /// Lines that were dropped, since whoever reads them was too slow.
    public long dropped() {
        return writer.dropped();
    }

    /// How often writing failed.
    public long failures() {
        return writer.failures();
    }

    /// Waits until the lines that are there are written, some seconds at most.
    @Override
    public void close() {
        writer.finish();
        try {
            if (!thread.join(AT_THE_END)) {
                output.close(); // ends a call that hangs
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
