package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.AdminServer;
import dev.gatehouse.app.admin.AdminStart;
import dev.gatehouse.app.admin.AdminToken;
import dev.gatehouse.app.admin.OperatedGateway;
import dev.gatehouse.app.reload.ConfigWatch;
import dev.gatehouse.app.reload.LiveConfig;
import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.AdminConfig;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.RuntimeConfig;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.snapshot.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        if (!Files.exists(file)) {
            throw new IOException("there is no file " + file + ". Write one, name another with -f, or start with:"
                    + " gatehouse proxy 8080 http://localhost:3000");
        }
        LoadOptions options = LoadOptions.standard();
        Loaded loaded = ConfigLoader.load(file, file.toString(), options);
        List<Diagnostic> found = CheckedConfig.of(loaded, options).diagnostics();
        if (!found.isEmpty()) {
            err().print(MistakeText.of(found));
            err().flush();
        }
        if (found.stream().anyMatch(Diagnostic::isError)) {
            return MISTAKES;
        }
        start(options, loaded);
        return GatehouseCommand.RUNNING;
    }

    private void start(LoadOptions options, Loaded loaded) throws IOException {
        Plan plan = Plan.of(loaded);
        GatewayConfig config = plan.config();
        RuntimeConfig runtime = run.over(config.runtime());
        Gateway gateway = Gateway.start(plan.with(config.withRuntime(runtime)), options.extensions(), List.of());
        List<AutoCloseable> before = new ArrayList<>();
        List<AutoCloseable> after = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        try {
            LiveConfig live = new LiveConfig(file, options, loaded, gateway, InstantSource.system());
            AdminStart admin = admin(config.admin(), live, runtime.takeover());
            if (admin != null) {
                after.add(admin);
                InetSocketAddress at = admin.address();
                lines.add("ADMIN    http://" + at.getAddress().getHostAddress() + ":" + at.getPort());
            }
            ReloadMessages messages = new ReloadMessages(spec.commandLine(), file, run.isQuiet());
            if (!fixed) {
                before.add(new ConfigWatch(live::files, () -> messages.tell(live.reload())));
            }
            lines.add("CONFIG   " + file + ": " + count(config.routes().size(), "route") + ", "
                    + count(config.services().size(), "service"));
            run.endWith(gateway, before, after);
            run.banner(gateway, lines);
            if (!fixed) {
                // What was written between the load and the first look of the watch.
                messages.tell(live.reload());
            }
        } catch (IOException | RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private @Nullable AdminStart admin(AdminConfig config, LiveConfig live, boolean takeover) throws IOException {
        if (!config.enabled()) {
            return null;
        }
        InetSocketAddress bind = new InetSocketAddress(config.bind(), config.port());
        AdminToken token = token(config, bind);
        OperatedGateway operated = new OperatedGateway(live, Version.number(), InstantSource.system());
        return AdminStart.start(bind, token, operated, config.health(), takeover);
    }

    private @Nullable AdminToken token(AdminConfig config, InetSocketAddress bind) {
        String written = config.token();
        if (written != null) {
            return AdminToken.of(written);
        }
        if (!AdminServer.needsToken(bind)) {
            return null;
        }
        AdminToken made = AdminToken.random(new SecureRandom());
        err().println("admin token, made for this start: " + made.reveal());
        err().flush();
        return made;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
