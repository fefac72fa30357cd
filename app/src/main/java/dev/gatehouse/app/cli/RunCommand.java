package dev.gatehouse.app.cli;

import dev.gatehouse.app.plugin.PluginFolder;
import dev.gatehouse.app.plugin.Plugins;
import dev.gatehouse.app.reload.ConfigWatch;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse run`: the gateway a file describes, and what the file becomes while it runs.
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run the gateway that a file describes, and follow the file's changes.",
        footer = {
            "",
            "Examples:",
            "  gatehouse run                                  gateway.yaml of this folder",
            "  gatehouse run -f /etc/gatehouse/gateway.yaml   another file",
            "  gatehouse run --takeover                       replace a running gateway without a gap",
        })
final class RunCommand implements Callable<Integer> {
    private static final int MISTAKES = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            defaultValue = "gateway.yaml",
            description = "The configuration (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("gateway.yaml");

    @Option(names = "--no-watch", description = "Do not follow changes of the file.")
    private boolean fixed;

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Mixin
    private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        StartTimes times = StartTimes.begin();
        if (!Files.exists(file)) {
            throw new IOException("there is no file " + file + ". Write one, name another with -f, or start with:"
                    + " gatehouse proxy 8080 http://localhost:3000");
        }
        PluginFolder folder = plugins.folder();
        Plugins found = folder.read(Plugins.none());
        LoadOptions options = LoadOptions.standard(found.extensions());
        Loaded loaded = ConfigLoader.load(file, file.toString(), options);
        List<Diagnostic> mistakes = CheckedConfig.of(loaded, options).diagnostics();
        if (!mistakes.isEmpty()) {
            err().print(MistakeText.of(mistakes));
            err().flush();
        }
        if (mistakes.stream().anyMatch(Diagnostic::isError)) {
            return MISTAKES;
        }
        times.done("config");
        follow(Launch.start(file, options, folder, found, loaded, run, err()), times);
        return GatehouseCommand.RUNNING;
    }

    private void follow(Launch launch, StartTimes times) throws IOException {
        List<AutoCloseable> before = new ArrayList<>();
        ReloadMessages messages = new ReloadMessages(spec.commandLine(), file, run);
        try {
            if (!fixed) {
                before.add(new ConfigWatch(
                        launch.live()::files, () -> messages.tell(launch.live().reload())));
            }
            run.endWith(launch.gateway(), before, launch.beside());
        } catch (IOException | RuntimeException e) {
            launch.gateway().close();
            throw e;
        }
        times.done("listeners");
        run.say(banner(launch, times));
        run.showRequests(launch.gateway());
        if (!fixed) {
            // What was written between the load and the first look of the watch.
            messages.tell(launch.live().reload());
        }
    }

    private Banner banner(Launch launch, StartTimes times) {
        GatewayConfig config = launch.config();
        String contents = count(config.routes().size(), "route") + ", "
                + count(config.services().size(), "service");
        return new Banner(
                Version.number(),
                Version.java(),
                ProcessHandle.current().pid(),
                new Banner.Config(file.toString(), contents, false),
                RunOptions.listeners(launch.gateway()),
                launch.adminPlace(),
                config.routes(),
                "gatehouse routes -f " + file,
                List.of(RunOptions.loops(launch.gateway())),
                times,
                List.of());
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
