package dev.gatehouse.app.cli;

import dev.gatehouse.app.demo.DemoFiles;
import dev.gatehouse.app.demo.DemoServices;
import dev.gatehouse.app.plugin.PluginFolder;
import dev.gatehouse.app.plugin.Plugins;
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
import java.util.stream.IntStream;
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
    private static final int MOST = 65535;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where to listen, on this machine only (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(names = "--write", paramLabel = "FOLDER", description = "Write the demo's files there, and start nothing.")
    private @Nullable Path folder;

    @Option(
            names = "--first-port",
            paramLabel = "PORT",
            description = {
                "Where the first of the services is; the others follow.",
                "Left out: any free ports, and " + DemoServices.FIRST_PORT + " with --write.",
            })
    private @Nullable Integer firstPort;

    @Mixin
    private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        StartTimes times = StartTimes.begin();
        if (port < 0 || port > MOST) {
            throw new IllegalArgumentException("--port " + port + " is not a port (expected: 0 to " + MOST + ")");
        }
        if (folder != null) {
            return write(folder, firstPort == null ? DemoServices.FIRST_PORT : firstPort);
        }
        DemoServices services = DemoServices.start(firstPort == null ? 0 : firstPort);
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
            launch = Launch.start(
                    file.path(),
                    options,
                    PluginFolder.NONE,
                    Plugins.none(options.extensions()),
                    loaded,
                    run,
                    spec.commandLine().getErr());
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "\n  gatehouse demo --port " + (port + 1), e);
        }
        List<AutoCloseable> after = new ArrayList<>(launch.beside());
        after.add(services);
        run.endWith(launch.gateway(), List.of(), after);
        times.done("listeners");
        run.say(DemoBanner.of(launch, services, times));
        run.showRequests(launch.gateway());
    }

    /// The usual one, or the next that is free; when many in a row are taken, whichever is.
    private static int freeAdminPort() {
        return IntStream.range(DemoFiles.ADMIN_PORT, DemoFiles.ADMIN_PORT + ADMIN_PORTS_TRIED)
                .filter(DemoCommand::isFree)
                .findFirst()
                .orElse(0);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Integer write(Path into, int servicesFrom) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            DemoFiles files = new DemoFiles(DemoServices.places(servicesFrom), port, DemoFiles.ADMIN_PORT);
            files.writeTo(into, servicesFrom).forEach(file -> out.println("written  " + file));
        } catch (FileAlreadyExistsException e) {
            spec.commandLine().getErr().println("error: " + e.getFile() + " is there already, and is left as it is");
            return REFUSED;
        }
        return 0;
    }
}
