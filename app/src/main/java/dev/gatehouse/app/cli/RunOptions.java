package dev.gatehouse.app.cli;

import dev.gatehouse.app.console.Ink;
import dev.gatehouse.app.console.RequestLines;
import dev.gatehouse.app.console.RequestWatch;
import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.RuntimeConfig;
import dev.gatehouse.engine.config.source.Json;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.snapshot.RunningService;
import dev.gatehouse.engine.telemetry.ExchangeCounters;
import java.io.PrintWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// Options about the process, and the start and the end of the gateway it runs.
final class RunOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--loops", paramLabel = "N", description = "Event loops (default: one per core).")
    private int loops;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "io_uring, epoll or nio (default: the first of them that works here).")
    private @Nullable String transport;

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            converter = Units.Time.class,
            description = "Time that running exchanges have to end at shutdown (default: 30s).")
    private @Nullable Duration drainTimeout;

    @Option(names = "--takeover", description = "Share the port with the gateway that is being replaced.")
    private boolean takeover;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but errors.")
    private boolean quiet;

    @Option(
            names = "--log",
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = FormatWord.class,
            description = "How it speaks on the console: text, or json for one object per line (default: text).")
    private Format log = Format.TEXT;

    @Option(names = "--no-color", description = "No colours; NO_COLOR in the environment says the same.")
    private boolean plain;

    private enum Format {
        TEXT,
        JSON
    }

    private static final class FormatWord implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            return switch (text) {
                case "text" -> Format.TEXT;
                case "json" -> Format.JSON;
                default -> throw new TypeConversionException("'" + text + "' is not a format: text or json");
            };
        }
    }

    boolean isQuiet() {
        return quiet;
    }

    boolean isJson() {
        return log == Format.JSON;
    }

    Ink ink() {
        return Ink.of(plain || isJson());
    }

    /// What the options say, and the defaults of the product where they say nothing.
    RuntimeConfig runtime() {
        return over(RuntimeConfig.standard());
    }

    /// What the options say wins over what is written.
    RuntimeConfig over(RuntimeConfig written) {
        return new RuntimeConfig(
                loops == 0 ? written.loops() : Integer.valueOf(loops),
                transport == null ? written.transport() : transport,
                drainTimeout == null ? written.drainTimeout() : drainTimeout,
                takeover || written.takeover(),
                written.tunnelTimeout(),
                written.nameServers(),
                written.connections());
    }

    /// Arranges for the end: SIGTERM drains the gateway, and the exit code is 0 then.
    ///
    /// @param before closed before the gateway
    /// @param after closed after it
    void endWith(Gateway gateway, List<AutoCloseable> before, List<AutoCloseable> after) {
        Shutdown.onSignal(() -> stop(gateway, before, after));
    }

    /// Says that the gateway has started, unless nothing is to be said.
    void say(Banner banner) {
        if (quiet) {
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (isJson()) {
            out.println(banner.json(Instant.now()));
        } else {
            banner.lines(ink()).forEach(out::println);
        }
        out.flush();
    }

    /// From now on each request is shown when it is over, if somebody looks: on a terminal, or as JSON lines.
    void showRequests(Gateway gateway) {
        if (quiet || !(isJson() || Ink.isTerminal())) {
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        RequestLines lines = isJson() ? RequestLines.json(out) : RequestLines.text(out, ZoneId.systemDefault(), ink());
        gateway.watch(new RequestWatch(lines, (service, instance) -> place(gateway, service, instance)));
    }

    private static int place(Gateway gateway, String service, String instance) {
        RunningService running = gateway.snapshot().service(service);
        List<Instance> all = running == null ? List.of() : running.service().instances();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().equals(instance)) {
                return i + 1;
            }
        }
        return 0;
    }

    /// `LOOPS    2 on epoll`.
    static Banner.Section loops(Gateway gateway) {
        return new Banner.Section("LOOPS", List.of(gateway.loops() + " on " + gateway.transport()));
    }

    /// Where clients come in, as one on this machine writes it, and what comes of it.
    static List<Banner.Listener> listeners(Gateway gateway) {
        Map<String, ListenerConfig> configs = gateway.snapshot().config().listeners();
        List<Banner.Listener> all = new ArrayList<>();
        gateway.addresses().forEach((name, place) -> {
            ListenerConfig config = configs.getOrDefault(name, ListenerConfig.DEFAULT);
            all.add(new Banner.Listener(url(config.scheme(), place), whatComesOf(config)));
        });
        return all;
    }

    private static String whatComesOf(ListenerConfig config) {
        if (config.type() == ListenerConfig.Type.HTTP) {
            return "your API";
        }
        Set<String> services = new LinkedHashSet<>(config.sni().values());
        if (config.service() != null) {
            services.add(config.service());
        }
        return "passed on to " + String.join(", ", services);
    }

    static String url(InetSocketAddress place) {
        return url("http", place);
    }

    private static String url(String scheme, InetSocketAddress place) {
        InetAddress bound = place.getAddress();
        String host = bound.getHostAddress();
        if (bound.isAnyLocalAddress() || host.equals("127.0.0.1")) {
            host = "localhost";
        } else if (bound instanceof Inet6Address) {
            host = "[" + host + "]";
        }
        return scheme + "://" + host + ":" + place.getPort();
    }

    private void stop(Gateway gateway, List<AutoCloseable> before, List<AutoCloseable> after) {
        before.forEach(this::close);
        gateway.close();
        after.forEach(this::close);
        if (!quiet) {
            var sum = gateway.counters();
            PrintWriter out = spec.commandLine().getOut();
            out.println(isJson() ? stoppedJson(sum) : stopped(sum));
            out.flush();
        }
    }

    private static String stopped(ExchangeCounters.Sum sum) {
        return "  stopped  " + sum.begun() + " requests, " + sum.complete() + " answered whole"
                + (sum.failures().isEmpty() ? "" : ", failures " + sum.failures());
    }

    private static String stoppedJson(ExchangeCounters.Sum sum) {
        Map<String, Object> failures = new LinkedHashMap<>();
        sum.failures().forEach((kind, count) -> failures.put(String.valueOf(kind), count));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", Instant.now().toString());
        fields.put("event", "stopped");
        fields.put("requests", sum.begun());
        fields.put("answered_whole", sum.complete());
        fields.put("failures", failures);
        return Json.compact(fields);
    }

    private void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            spec.commandLine().getErr().println("error: " + e.getMessage());
        }
    }
}
