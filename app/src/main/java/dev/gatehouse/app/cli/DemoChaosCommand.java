package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.InstanceStatus;
import dev.gatehouse.app.admin.view.ServiceStatus;
import dev.gatehouse.app.demo.Trouble;
import dev.gatehouse.app.demo.TroubleCall;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse demo chaos`: services of a running demo fail, or are slow, for a while.
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = "Let a service of a running demo fail or be slow for a while, to see what the gateway does.",
        footer = {
            "",
            "Examples:",
            "  gatehouse demo chaos menu-service#2 --fail 100%                          one instance, for 30s",
            "  gatehouse demo chaos order-service --fail 50% --slow 400ms --for 1m      all but its backup",
            "  gatehouse demo chaos order-service#2 --fail 0%                           all is well again",
        })
final class DemoChaosCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "SERVICE",
            description = "order-service, or one instance of it by its place in the file: order-service#2."
                    + " A service as a whole leaves its backups well.")
    private String service = "";

    @Option(
            names = "--fail",
            paramLabel = "SHARE",
            converter = Units.Share.class,
            defaultValue = "0%",
            description = "How many of the answers are 503, health checks too (default: none).")
    private int fail;

    @Option(
            names = "--slow",
            paramLabel = "TIME",
            converter = Units.Time.class,
            defaultValue = "0ms",
            description = "How much longer each answer takes, at most 20s (default: none).")
    private Duration slow = Duration.ZERO;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Units.Time.class,
            defaultValue = "30s",
            description = "After that all is well again, at most 10m (default: ${DEFAULT-VALUE}).")
    private Duration lasts = Duration.ofSeconds(30);

    @Mixin
    private AdminPlace admin = new AdminPlace();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Trouble trouble = new Trouble(fail, slow, lasts);
        List<String> places = places(admin.services());
        List<String> told = new ArrayList<>();
        try (TroubleCall call = new TroubleCall()) {
            for (String place : places) {
                told.add(call.tell(place, trouble));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("  " + String.join(", ", told) + ": " + fail + "% fail, " + slow.toMillis() + " ms slower, for "
                + lasts.toSeconds() + " s   ·   gatehouse status shows what the gateway makes of it");
        out.flush();
        return 0;
    }

    private List<String> places(List<ServiceStatus> services) {
        int hash = service.indexOf('#');
        String name = hash < 0 ? service : service.substring(0, hash);
        List<InstanceStatus> instances = services.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the demo has no '" + name + "', but "
                        + services.stream().map(ServiceStatus::name).collect(Collectors.joining(", "))))
                .instances();
        if (hash < 0) {
            return instances.stream()
                    .filter(one -> !one.backup())
                    .map(InstanceStatus::address)
                    .toList();
        }
        String place = service.substring(hash + 1);
        for (int i = 0; i < instances.size(); i++) {
            if (place.equals(Integer.toString(i + 1))) {
                return List.of(instances.get(i).address());
            }
        }
        throw new IllegalArgumentException(
                name + " has the instances #1 to #" + instances.size() + ", and no #" + place);
    }
}
