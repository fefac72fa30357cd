package dev.gatehouse.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.app.admin.Customers;
import dev.gatehouse.app.admin.view.KeyVerdict;
import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.engine.config.StoreSetting;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import dev.gatehouse.engine.snapshot.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse keys verify`: whose a key is, by a running gateway or by a file.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Say whose a key is, and whether it is taken. Ends with 0 when it is, with 2 when not.",
        footer = {
            "",
            "Examples:",
            "  gatehouse keys verify < key.txt                   by a running gateway; others see arguments",
            "  gatehouse keys verify -f gateway.yaml < key.txt   by a file alone",
            "  gatehouse keys verify gh_7Qd3… --json",
        })
final class KeysVerifyCommand implements Callable<Integer> {
    private static final int MISTAKES = 1;
    private static final int NOT_TAKEN = 2;
    private static final String STANDARD_INPUT = "-";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "KEY",
            arity = "0..1",
            defaultValue = STANDARD_INPUT,
            description = "The key; - for the first line of standard input (default: ${DEFAULT-VALUE}).")
    private String key = STANDARD_INPUT;

    @Mixin
    private ConfigFile file = new ConfigFile();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing.")
    private boolean quiet;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws Exception {
        KeyVerdict verdict = spec.commandLine().getParseResult().hasMatchedOption("-f") ? byFile() : byGateway();
        if (verdict == null) {
            return MISTAKES;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ViewJson.MAPPER.writeValueAsString(verdict));
        } else if (!quiet) {
            out.println("  " + text(verdict));
        }
        out.flush();
        return verdict.valid() ? 0 : NOT_TAKEN;
    }

    private KeyVerdict byGateway() throws IOException, InterruptedException {
        try (AdminClient client = server.client()) {
            return client.verifyKey(key());
        }
    }

    /// Null when the file has mistakes, which were told.
    private @Nullable KeyVerdict byFile() throws IOException {
        ConfigCheck check = ConfigCheck.dryRun(file.load(plugins.options()));
        Snapshot snapshot = check.snapshot();
        if (snapshot == null) {
            PrintWriter err = spec.commandLine().getErr();
            err.print(MistakeText.of(check.diagnostics()));
            err.flush();
            return null;
        }
        return new Customers(snapshot.consumers(), StoreSetting.MEMORY, _ -> null, InstantSource.system())
                .verify(key());
    }

    private String key() throws IOException {
        if (!key.equals(STANDARD_INPUT)) {
            return key;
        }
        String line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
        if (line == null || line.isBlank()) {
            throw new IllegalArgumentException("there is no key on standard input");
        }
        return line.strip();
    }

    private static String text(KeyVerdict verdict) {
        if (!verdict.valid()) {
            String whose = verdict.consumer() == null ? "" : "of " + verdict.consumer() + " ";
            return "not taken: " + (verdict.id() == null ? "" : verdict.id() + " " + whose) + verdict.why();
        }
        return verdict.id() + " of " + verdict.consumer()
                + (verdict.plan() == null ? "  ·  no plan" : "  ·  plan " + verdict.plan())
                + (verdict.expires() == null ? "  ·  never expires" : "  ·  expires " + verdict.expires());
    }
}
