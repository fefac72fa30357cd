package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.TraceToken;
import dev.gatehouse.app.admin.view.ViewJson;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse token`: gives out what lets its holder do something for a while.
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Give out tokens.",
        synopsisSubcommandLabel = "KIND",
        subcommands = TokenCommand.Trace.class,
        footer = {
            "",
            "Examples:",
            "  gatehouse token trace                              for ten minutes",
            "  gatehouse token trace --for 1h                     for longer",
            "  curl -H \"$(gatehouse token trace)\" localhost:8080/menus/r42",
        })
final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// `gatehouse token trace`: a header with which a request is written down.
    @Command(
            name = "trace",
            mixinStandardHelpOptions = true,
            description = "A header with which all that happens to a request is written down, for 'gatehouse why'.",
            footer = {
                "",
                "Examples:",
                "  gatehouse token trace --for 10m                    the whole header",
                "  curl -H \"$(gatehouse token trace)\" localhost:8080/menus/r42",
                "  gatehouse token trace --json                       with the time it ends",
            })
    static final class Trace implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Option(
                names = "--for",
                paramLabel = "TIME",
                converter = Units.Time.class,
                defaultValue = "10m",
                description = "How long it is valid, up to 24h (default: ${DEFAULT-VALUE}).")
        private Duration time = Duration.ofMinutes(10);

        @Option(names = "--json", description = "As one JSON object.")
        private boolean json;

        @Override
        public Integer call() throws Exception {
            TraceToken token;
            try (AdminClient client = server.client()) {
                token = client.traceToken(time);
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? ViewJson.MAPPER.writeValueAsString(token) : token.header() + ": " + token.token());
            out.flush();
            return 0;
        }
    }
}
