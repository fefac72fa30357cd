package dev.gatehouse.app.cli;

import dev.gatehouse.app.demo.DemoTraffic;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse demo traffic`: requests to a running demo, for a while.
@Command(
        name = "traffic",
        mixinStandardHelpOptions = true,
        description = "Send a running demo a steady mix of requests: most are well, some mistaken, some slow.",
        footer = {
            "",
            "Examples:",
            "  gatehouse demo traffic                        20 a second, for 30s",
            "  gatehouse demo traffic 200/s --for 5m         more, and longer",
            "  gatehouse demo traffic 20/s --admin 9001      a demo whose admin API is elsewhere",
        })
final class DemoTrafficCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int UNANSWERED = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "RATE",
            converter = Units.PerSecond.class,
            defaultValue = "20/s",
            description =
                    "Requests per second, 1/s to " + DemoTraffic.MOST_PER_SECOND + "/s (default: ${DEFAULT-VALUE}).")
    private int rate = 20;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Units.Time.class,
            defaultValue = "30s",
            description = "How long, at most 1h (default: ${DEFAULT-VALUE}).")
    private Duration lasts = Duration.ofSeconds(30);

    @Mixin
    private AdminPlace admin = new AdminPlace();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (lasts.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("--for " + lasts.toSeconds() + "s (expected: at most 1h)");
        }
        URI gateway = URI.create(admin.listener());
        if (!InetAddress.getByName(gateway.getHost()).isLoopbackAddress()) {
            throw new IOException(
                    "the demo listens on " + gateway + ", which is not this machine alone:" + " it is left alone");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("  " + rate + " requests a second to " + gateway + " for " + lasts.toSeconds() + " s");
        out.flush();
        DemoTraffic.Sum sum = new DemoTraffic(gateway, rate, lasts).run();
        TextTable table = new TextTable(List.of("STATUS", "REQUESTS"), List.of(false, true));
        sum.byStatus().forEach((status, count) -> table.row(Integer.toString(status), Long.toString(count)));
        if (sum.unanswered() > 0) {
            table.row("no answer", Long.toString(sum.unanswered()));
        }
        if (sum.leftOut() > 0) {
            table.row("left out: too slow", Long.toString(sum.leftOut()));
        }
        out.println();
        table.lines().forEach(line -> out.println("  " + line));
        out.flush();
        return sum.unanswered() == 0 ? 0 : UNANSWERED;
    }
}
