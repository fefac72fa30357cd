package dev.gatehouse.app.cli;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.RouteTarget;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.load.Origin;
import dev.gatehouse.engine.config.load.RouteOrigins;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse explain --config`: what holds for each route, and whose word each value is.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Show what holds for each route, and where each value was written.",
        footer = {
            "",
            "Examples:",
            "  gatehouse explain --config                     all routes of gateway.yaml in this folder",
            "  gatehouse explain --config /orders             the routes whose name or path contains this",
            "  gatehouse explain --config -f shop.yaml        of another file",
        })
final class ExplainCommand implements Callable<Integer> {
    private static final int MISTAKES = 1;
    private static final int NONE_FOUND = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigFile file = new ConfigFile();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(names = "--config", required = true, description = "Explain the configuration.")
    private boolean config;

    @Parameters(
            arity = "0..1",
            paramLabel = "ROUTE",
            description = "Only routes whose name, or methods and path, contain this.")
    private @Nullable String wanted;

    @Override
    public Integer call() throws Exception {
        if (!config) {
            throw new ParameterException(spec.commandLine(), "--config: this version explains the configuration only");
        }
        LoadOptions options = plugins.options();
        ConfigCheck check = ConfigCheck.dryRun(file.load(options));
        GatewayConfig found = check.loaded().config();
        if (check.hasErrors() || found == null) {
            PrintWriter err = spec.commandLine().getErr();
            err.print(MistakeText.of(check.diagnostics()));
            err.flush();
            return MISTAKES;
        }
        String text = text(check.loaded(), found.routes());
        PrintWriter out = spec.commandLine().getOut();
        out.print(check.loaded().mask().apply(text));
        out.flush();
        return text.isEmpty() ? NONE_FOUND : 0;
    }

    private String text(Loaded loaded, List<RouteConfig> routes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < routes.size(); i++) {
            RouteConfig route = routes.get(i);
            String name = route.name() == null ? route.label() : route.name() + " (" + route.label() + ")";
            if (wanted == null || name.contains(wanted)) {
                text.append(text.isEmpty() ? "" : "\n");
                explain(text, name, route, loaded.routes().get(i));
            }
        }
        return text.toString();
    }

    private static void explain(StringBuilder text, String name, RouteConfig route, RouteOrigins origins) {
        TextTable table =
                new TextTable(List.of(name, "", "", origins.span().toString()), List.of(false, false, false, false));
        Map<String, String> builtIn = timeouts(route);
        for (Origin origin : origins.values()) {
            table.row(
                    "  " + origin.key(),
                    origin.written(),
                    origin.layer().toString(),
                    origin.span().toString());
            builtIn.remove(origin.key());
        }
        builtIn.forEach((key, value) -> table.row("  " + key, value, "built-in", ""));
        table.lines().forEach(line -> text.append(line).append('\n'));
    }

    /// The time-outs a route has whether anybody wrote them or not; those of its first service when it has several.
    private static Map<String, String> timeouts(RouteConfig route) {
        Map<String, String> times = new LinkedHashMap<>();
        if (route.target() instanceof RouteTarget.ToServices to) {
            TimeoutConfig timeout = to.shares().getFirst().timeout();
            times.put("timeout.connect", time(timeout.connect()));
            times.put("timeout.first_byte", time(timeout.firstByte()));
            times.put("timeout.idle", time(timeout.idle()));
            times.put("timeout.request", time(timeout.request()));
        }
        return times;
    }

    private static String time(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
