package dev.gatehouse.app.cli;

import dev.gatehouse.app.demo.DemoServices;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse demo services`: the demo's services without a gateway, for the file that `demo --write` wrote.
@Command(
        name = "services",
        mixinStandardHelpOptions = true,
        description = "Start the demo's services alone, on fixed ports, for a gateway of your own.",
        footer = {
            "",
            "Examples:",
            "  gatehouse demo services                      where gateway.yaml of demo --write expects them",
            "  gatehouse demo services --first-port 9201    elsewhere",
            "  gatehouse demo services --first-port 0       wherever there is room",
        })
final class DemoServicesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--first-port",
            paramLabel = "PORT",
            defaultValue = "" + DemoServices.FIRST_PORT,
            description = "Of the first instance, the others follow; 0 picks free ones (default: ${DEFAULT-VALUE}).")
    private int firstPort = DemoServices.FIRST_PORT;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DemoServices services = DemoServices.start(firstPort);
        Shutdown.onSignal(services::close);
        PrintWriter out = spec.commandLine().getOut();
        services.places().forEach((name, place) -> out.println("  " + name + "   http://" + place));
        out.println();
        out.println("  READY   ·   Ctrl-C stops");
        out.flush();
        // The servers' threads are daemons: this one keeps the process alive until a signal ends it.
        new CountDownLatch(1).await();
        return 0;
    }
}
