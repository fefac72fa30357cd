package dev.gatehouse.app.cli;

import dev.gatehouse.app.demo.DemoFiles;
import dev.gatehouse.app.demo.DemoServices;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse demo`: a gateway with services of its own behind it, and what to try with it.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Start a gateway in front of built-in services, to try things out.",
        subcommands = {DemoServicesCommand.class, DemoTrafficCommand.class, DemoChaosCommand.class},
        footer = {
            "",
            "Examples:",
            "  gatehouse demo                            listen on 8080",
            "  gatehouse demo --port 9090 -q             listen elsewhere, say nothing",
            "  gatehouse demo --write my-gateway         the demo as files you own; starts nothing",
        })
final class DemoCommand implements Callable<Integer> {
    private static final int ADMIN_PORTS_TRIED = 10;
    private static final int REFUSED = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where to listen, on this machine only (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(
            names = "--write",
            paramLabel = "FOLDER",
            description = "Write the demo's files there, and start nothing.")
    private @Nullable Path folder;

    @Option(
            names = "--first-port",
            paramLabel = "PORT",
            defaultValue = "" + DemoServices.FIRST_PORT,
            description = "With --write: where the first of the services is looked for (default: ${DEFAULT-VALUE}).")
    private int firstPort = DemoServices.FIRST_PORT;

    @Mixin
    private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        if (folder != null) {
            return write(folder);
        }
        StartTimes times = StartTimes.begin();
        DemoServices services = DemoServices.start(0);
        try {
            times.done("services");
            start(services, times);
        } catch (IOException | RuntimeException e) {
            services.close();
            throw e;
        }
        return GatehouseCommand.RUNNING;
    }

    private void start(DemoServices services, StartTimes times) throws IOException {
        SourceFile file = new DemoFiles(services.places(), port, freeAdminPort()).gateway();
        LoadOptions options = LoadOptions.standard();
        Loaded loaded = ConfigLoader.load(file, options);
        times.done("config");
        Launch launch;
        try {
            launch = Launch.start(file.path(), options, loaded, run, spec.commandLine().getErr());
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "\n  gatehouse demo --port " + (port + 1), e);
        }
        List<AutoCloseable> after = new ArrayList<>(launch.beside());
        after.add(services);
        run.endWith(launch.gateway(), List.of(), after);
        times.done("listeners");
        run.say(DemoBanner.of(launch, services, times));
    }

    /// The usual one, or the next that is free; none of a few: whichever is.
    private static int freeAdminPort() {
        for (int port = DemoFiles.ADMIN_PORT; port < DemoFiles.ADMIN_PORT + ADMIN_PORTS_TRIED; port++) {
            try (ServerSocket free = new ServerSocket()) {
                free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException e) {
                // Somebody's. The banner says which one it became.
                continue;
            }
        }
        return 0;
    }

    private Integer write(Path into) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            DemoFiles files = new DemoFiles(DemoServices.places(firstPort), port, DemoFiles.ADMIN_PORT);
            files.writeTo(into, firstPort).forEach(file -> out.println("written  " + file));
        } catch (FileAlreadyExistsException e) {
            spec.commandLine().getErr().println("error: " + e.getFile() + " is there already, and is left as it is");
            return REFUSED;
        }
        return 0;
    }
}
