package dev.gatehouse.app.cli;

import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.source.Json;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import dev.gatehouse.engine.snapshot.Snapshot;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse routes`: the routes of a configuration in the order in which they are tried, which is not that of the
/// file.
@Command(
        name = "routes",
        mixinStandardHelpOptions = true,
        description = "List the routes of a configuration in the order in which they are tried.",
        footer = {
            "",
            "Examples:",
            "  gatehouse routes                               of gateway.yaml in this folder",
            "  gatehouse routes -f shop.yaml                  of another file",
            "  gatehouse routes --json                        for scripts",
        })
final class RoutesCommand implements Callable<Integer> {
    private static final int MISTAKES = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigFile file = new ConfigFile();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(names = "--json", description = "As a JSON list.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        LoadOptions options = plugins.options();
        ConfigCheck check = ConfigCheck.dryRun(file.load(options));
        Snapshot snapshot = check.snapshot();
        if (snapshot == null) {
            PrintWriter err = spec.commandLine().getErr();
            err.print(MistakeText.of(check.diagnostics()));
            err.flush();
            return MISTAKES;
        }
        List<RouteLine> routes = inOrder(snapshot);
        PrintWriter out = spec.commandLine().getOut();
        out.print(check.loaded().mask().apply(json ? json(routes) : table(routes)));
        out.flush();
        return 0;
    }

    private static List<RouteLine> inOrder(Snapshot snapshot) {
        List<RouteLine> routes = new ArrayList<>();
        for (int route : snapshot.graph().routes().order()) {
            routes.add(new RouteLine(
                    snapshot.config().routes().get(route), snapshot.plan().place(route)));
        }
        return routes;
    }

    private static String json(List<RouteLine> routes) {
        return Json.write(routes.stream().map(RouteLine::fields).toList()) + "\n";
    }

    private static String table(List<RouteLine> routes) {
        TextTable table = new TextTable(
                RouteLine.HEADS, RouteLine.HEADS.stream().map(_ -> false).toList());
        routes.forEach(route -> table.row(route.cells()));
        return String.join("\n", table.lines()) + "\n";
    }
}
