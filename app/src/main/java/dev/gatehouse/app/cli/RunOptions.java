package dev.gatehouse.app.cli;

import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.RuntimeConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
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
            defaultValue = "auto",
            description = "io_uring, epoll or nio (default: the first of them that works here).")
    private String transport = "auto";

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            converter = Units.Time.class,
            defaultValue = "30s",
            description = "Time that running exchanges have to end at shutdown (default: ${DEFAULT-VALUE}).")
    private Duration drainTimeout = Duration.ofSeconds(30);

    @Option(names = "--takeover", description = "Share the port with the gateway that is being replaced.")
    private boolean takeover;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but errors.")
    private boolean quiet;

    boolean isQuiet() {
        return quiet;
    }

    RuntimeConfig runtime() {
        int count = loops == 0 ? Runtime.getRuntime().availableProcessors() : loops;
        return new RuntimeConfig(count, transport, drainTimeout, takeover);
    }

    /// Starts the gateway and arranges for its end: SIGTERM drains it, and the exit code is 0 then.
    ///
    /// @param beside closed after the gateway
    Gateway start(GatewayConfig config, String target, List<AutoCloseable> beside) throws IOException {
        Gateway gateway = Gateway.start(config, List.of());
        Shutdown.onSignal(() -> stop(gateway, beside));
        if (!quiet) {
            banner(gateway, config, target);
        }
        return gateway;
    }

    private void banner(Gateway gateway, GatewayConfig config, String target) {
        long millis = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        String bind = config.listeners().values().iterator().next().bind();
        String host = bind.equals("0.0.0.0") ? "localhost" : bind;
        say("  gatehouse " + Version.number() + "  ·  Java " + Runtime.version().feature() + "  ·  pid "
                + ProcessHandle.current().pid());
        say("");
        say("  LISTEN   http://" + host + ":" + gateway.address().getPort());
        say("  TARGET   " + target);
        say("  LOOPS    " + config.runtime().loopCount() + " on " + gateway.transport());
        say("");
        say("  READY in " + millis + " ms   ·   Ctrl-C stops");
        spec.commandLine().getOut().flush();
    }

    private void stop(Gateway gateway, List<AutoCloseable> beside) {
        gateway.close();
        for (AutoCloseable one : beside) {
            try {
                one.close();
            } catch (Exception e) {
                spec.commandLine().getErr().println("error: " + e.getMessage());
            }
        }
        if (!quiet) {
            var sum = gateway.counters();
            say("  stopped  " + sum.begun() + " requests, " + sum.complete() + " answered whole"
                    + (sum.failures().isEmpty() ? "" : ", failures " + sum.failures()));
            spec.commandLine().getOut().flush();
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
