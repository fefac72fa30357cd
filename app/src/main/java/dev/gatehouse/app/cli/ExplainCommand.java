package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.Explanation;
import dev.gatehouse.app.admin.view.Trace;
import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.app.console.Ink;
import dev.gatehouse.engine.explain.Question;
import dev.gatehouse.engine.explain.Rehearsal;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import dev.gatehouse.engine.snapshot.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse explain METHOD PATH`: what a gateway would do with a request, by the code that would do it.
/// `gatehouse explain --config`: what holds for each route, and whose word each value is.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "gatehouse explain [-f FILE | --server URL] [OPTIONS] [METHOD] PATH",
            "gatehouse explain [-f FILE | --server URL] --curl 'curl …'",
            "gatehouse explain [-f FILE] --config [ROUTE]",
        },
        description = "Show what would be done with a request, and why; or where each setting of a route was written.",
        footer = {
            "",
            "Nobody is called and nothing is counted. Ends with 0 whatever the answer would be, with 1 when the",
            "configuration has mistakes.",
            "",
            "Examples:",
            "  gatehouse explain DELETE /orders/9 -H 'X-Version: 2'           with gateway.yaml in this folder",
            "  gatehouse explain --curl \"curl -d a=1 http://localhost/x\"      a pasted command line",
            "  gatehouse explain /menus/r42 --server http://127.0.0.1:9000    with what a gateway runs now",
            "  gatehouse explain DELETE /orders/9 --as support:s1             as somebody who is believed",
            "  gatehouse explain /menus/r42 --key gh_…                        with an API key; --jwt with a token",
            "  gatehouse explain --config /orders                             the settings of these routes",
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

    @Mixin
    private QuestionOptions asked = new QuestionOptions();

    @Option(names = "--config", description = "Explain the configuration of routes instead of a request.")
    private boolean config;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = {
                "Ask the gateway whose admin API is there, instead of a file.",
                "Left out where there is no file: the one on this machine, if it runs.",
            })
    private @Nullable String server;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:GATEHOUSE_TOKEN}",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "Its admin token, when it needs one (default: GATEHOUSE_TOKEN in the environment).")
    private @Nullable String token;

    @Option(names = "--json", description = "The whole trace as one JSON object.")
    private boolean json;

    @Option(names = "--no-color", description = "No colours; NO_COLOR in the environment says the same.")
    private boolean plain;

    @Parameters(
            arity = "0..2",
            paramLabel = "METHOD PATH",
            description = {
                "METHOD and PATH of the request; PATH may be a whole URL.",
                "With --config: only routes whose name, or methods and path, contain this.",
            })
    private List<String> words = List.of();

    @Override
    public Integer call() throws Exception {
        if (config) {
            return explainConfig();
        }
        Question question = asked.question(words);
        String place = server == null && file.isAbsent() ? running() : server;
        if (place != null) {
            try (AdminClient client = new AdminClient(place, token)) {
                tell(
                        client.explain(question),
                        client.base(),
                        question,
                        again -> client.explain(again).trace());
            }
            return 0;
        }
        ConfigCheck check = check();
        Snapshot snapshot = check.snapshot();
        if (snapshot == null) {
            return mistakes(check);
        }
        NextAsker.Asking offline = one -> Trace.of(
                Rehearsal.explaining(snapshot).ask(one).trace(), check.loaded().mask());
        tell(
                new Explanation(
                        question.method(), question.target(), file.name() + " (not deployed)", offline.ask(question)),
                "offline",
                question,
                offline);
        return 0;
    }

    /// Where there is no file there may be a gateway, such as the demo: it is asked instead.
    private @Nullable String running() throws InterruptedException {
        try (AdminClient client = new AdminClient(ServerOptions.USUAL, token)) {
            client.health();
            return client.base();
        } catch (IOException e) {
            // Then it is the file that is missing.
            return null;
        }
    }

    private void tell(Explanation said, String where, Question question, NextAsker.Asking asking)
            throws IOException, InterruptedException {
        if (json) {
            print(ViewJson.MAPPER.writeValueAsString(said) + "\n");
            return;
        }
        String next = NextTry.of(said);
        print(TraceText.of(said, where, next == null ? NextAsker.of(said, question, asking) : next, Ink.of(plain)));
    }

    private Integer explainConfig() throws IOException {
        if (asked.isGiven() || server != null || json || words.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--config explains the configuration of a file, not a request");
        }
        ConfigCheck check = check();
        if (check.hasErrors()) {
            return mistakes(check);
        }
        String text = ConfigOrigins.of(
                check.loaded(),
                Objects.requireNonNull(check.loaded().config()).routes(),
                words.isEmpty() ? null : words.getFirst());
        print(check.loaded().mask().apply(text));
        return text.isEmpty() ? NONE_FOUND : 0;
    }

    private ConfigCheck check() throws IOException {
        return ConfigCheck.dryRun(file.load(plugins.options()));
    }

    private Integer mistakes(ConfigCheck check) {
        PrintWriter err = spec.commandLine().getErr();
        err.print(MistakeText.of(check.diagnostics()));
        err.flush();
        return MISTAKES;
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }
}
