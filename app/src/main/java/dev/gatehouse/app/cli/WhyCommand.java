package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.RequestStory;
import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.app.console.Ink;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse why ID`: how a request that took place came to its answer.
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description = "Show how a request came to its answer. Its id stands in the answer, as X-Request-Id.",
        footer = {
            "",
            "The last 1,024 requests of each event loop are remembered. How it came about is known of answers the gateway",
            "made itself, and of requests with a token of 'gatehouse token trace'.",
            "",
            "Examples:",
            "  gatehouse why 01931f6e-0d4c-7c41-a2d5-0f4c8f1c2b3a     by its id",
            "  gatehouse why 8f1c2b3a                                 by the beginning or end of it",
            "  gatehouse why 8f1c2b3a --json                          for scripts",
        })
final class WhyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Option(names = "--no-color", description = "No colours; NO_COLOR in the environment says the same.")
    private boolean plain;

    @Parameters(paramLabel = "ID", description = "The request's id, or six characters or more of its beginning or end.")
    private String id = "";

    @Override
    public Integer call() throws Exception {
        RequestStory story;
        try (AdminClient client = server.client()) {
            story = client.request(id);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                json
                        ? ViewJson.MAPPER.writeValueAsString(story) + "\n"
                        : TraceText.of(story, ZoneId.systemDefault(), Ink.of(plain)));
        out.flush();
        return 0;
    }
}
