package dev.gatehouse.app.cli;

import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.RuntimeConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

    boolean isQuiet() {
        return quiet;
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
                written.nameServers(),
                written.connections());
    }

    /// Starts the gateway and arranges for its end: SIGTERM drains it, and the exit code is 0 then.
    ///
    /// @param beside closed after the gateway
    Gateway start(GatewayConfig config, String target, List<AutoCloseable> beside) throws IOException {
        Gateway gateway = Gateway.start(config, List.of());
        endWith(gateway, List.of(), beside);
        banner(gateway, List.of("TARGET   " + target));
        return gateway;
    }

    /// Arranges for the end: SIGTERM drains the gateway, and the exit code is 0 then.
    ///
    /// @param before closed before the gateway
    /// @param after closed after it
    void endWith(Gateway gateway, List<AutoCloseable> before, List<AutoCloseable> after) {
        Shutdown.onSignal(() -> stop(gateway, before, after));
    }

    /// @param more lines under the one that says where to connect to
    void banner(Gateway gateway, List<String> more) {
        if (quiet) {
            return;
        }
        long millis = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        say("  gatehouse " + Version.number() + "  ·  Java " + Runtime.version().feature() + "  ·  pid "
                + ProcessHandle.current().pid());
        say("");
        gateway.addresses()
                .values()
                .forEach(at -> say("  LISTEN   http://" + host(at.getAddress()) + ":" + at.getPort()));
        more.forEach(line -> say("  " + line));
        say("  LOOPS    " + gateway.loops() + " on " + gateway.transport());
        say("");
        say("  READY in " + millis + " ms   ·   Ctrl-C stops");
        spec.commandLine().getOut().flush();
    }

    private static String host(InetAddress bound) {
        if (bound.isAnyLocalAddress()) {
            return "localhost";
        }
        String text = bound.getHostAddress();
        return bound instanceof Inet6Address ? "[" + text + "]" : text;
    }

    private void stop(Gateway gateway, List<AutoCloseable> before, List<AutoCloseable> after) {
        before.forEach(this::close);
        gateway.close();
        after.forEach(this::close);
        if (!quiet) {
            var sum = gateway.counters();
            say("  stopped  " + sum.begun() + " requests, " + sum.complete() + " answered whole"
                    + (sum.failures().isEmpty() ? "" : ", failures " + sum.failures()));
            spec.commandLine().getOut().flush();
        }
    }

    private void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            spec.commandLine().getErr().println("error: " + e.getMessage());
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
