package dev.gatehouse.app.cli;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.GithubReport;
import dev.gatehouse.engine.config.diagnostic.JsonReport;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse check`: all mistakes of a configuration, found by the very calls that `run` and a reload make.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Look for mistakes in a configuration; opens no port and calls nobody.",
        footer = {
            "",
            "Ends with 0 when a gateway would run it, 1 when not.",
            "",
            "Examples:",
            "  gatehouse check                                gateway.yaml in this folder",
            "  gatehouse check -f shop.yaml --strict          warnings count as errors",
            "  gatehouse check --format github                annotates the lines of a pull request",
        })
final class CheckCommand implements Callable<Integer> {
    private static final int MISTAKES = 1;
    private static final int WARNINGS = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigFile file = new ConfigFile();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json (a list) or github (annotations) (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Option(names = "--strict", description = "Warnings count as errors.")
    private boolean strict;

    @Option(names = "--no-tests", description = "Do not run the tests that the configuration names.")
    private boolean noTests;

    /// As they are typed.
    enum Format {
        text,
        json,
        github
    }

    @Override
    public Integer call() throws Exception {
        LoadOptions options = plugins.options();
        Loaded loaded = file.load(options);
        CheckedConfig check = noTests ? CheckedConfig.withoutTests(loaded) : CheckedConfig.of(loaded, options);
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (format) {
                    case text -> text(check);
                    case json -> JsonReport.of(check.diagnostics());
                    case github -> GithubReport.of(check.diagnostics());
                });
        out.flush();
        if (check.hasErrors()) {
            return MISTAKES;
        }
        return strict && !check.diagnostics().isEmpty() ? WARNINGS : 0;
    }

    private String text(CheckedConfig check) {
        String mistakes = MistakeText.of(check.diagnostics());
        return mistakes + (mistakes.isEmpty() ? "" : "\n") + summary(check) + "\n";
    }

    /// `gateway.yaml: 5 routes, 3 services, no mistakes`
    private String summary(CheckedConfig check) {
        List<Diagnostic> all = check.diagnostics();
        String found = all.isEmpty() ? "no mistakes" : TextReport.count(all);
        String refused = strict && !check.hasErrors() && !all.isEmpty() ? " (--strict allows none)" : "";
        GatewayConfig config = check.loaded().config();
        String what = config == null
                ? ""
                : count(config.routes().size(), "route") + ", "
                        + count(config.services().size(), "service") + ", ";
        return file.name() + ": " + what + found + refused;
    }

    private static String count(int number, String what) {
        return String.format(Locale.ROOT, "%,d", number) + " " + what + (number == 1 ? "" : "s");
    }
}
