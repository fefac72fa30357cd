package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.RequestEntry;
import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.app.console.Ink;
import dev.gatehouse.app.console.RequestLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse tail`: the requests of a running gateway, as they end.
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = "Show the requests of a running gateway as they end. Ctrl-C stops.",
        footer = {
            "",
            "FILTER compares method, path, status, route, service, code, client, id and duration by ==, !=, <, <=, >, >=",
            "and : (contains), joined by &&, || and !.",
            "",
            "Examples:",
            "  gatehouse tail                                       all of them",
            "  gatehouse tail 'status>=500 && route:orders'         only these",
            "  gatehouse tail 'duration>100ms' --json -n 10         the next ten slow ones, for scripts",
        })
final class TailCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 1000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "One JSON object per line.")
    private boolean json;

    @Option(names = "-n", paramLabel = "COUNT", description = "End after so many (default: never).")
    private long count = Long.MAX_VALUE;

    @Option(names = "--no-color", description = "No colours; NO_COLOR in the environment says the same.")
    private boolean plain;

    @Parameters(arity = "0..1", paramLabel = "FILTER", description = "Which requests (default: all).")
    private @Nullable String filter;

    private long shown;

    @Override
    public Integer call() throws Exception {
        Ink ink = Ink.of(plain);
        try (AdminClient client = server.client()) {
            client.follow(filter, events(ink));
            while (shown < count) {
                say(ink.dim("… the connection ended; trying again"));
                again(client, ink);
            }
        }
        return 0;
    }

    /// A gateway that was there once will be there again.
    private void again(AdminClient client, Ink ink) throws IOException, InterruptedException {
        Thread.sleep(PAUSE_MILLIS);
        try {
            client.follow(filter, events(ink));
        } catch (UnreachableServer e) {
            // Until somebody ends this.
        }
    }

    private RequestEvents events(Ink ink) {
        return new RequestEvents() {
            @Override
            public boolean request(RequestEntry request) {
                PrintWriter out = spec.commandLine().getOut();
                out.println(
                        json
                                ? ViewJson.MAPPER.writeValueAsString(request)
                                : line(request).text(ZoneId.systemDefault(), ink));
                out.flush();
                return ++shown < count;
            }

            @Override
            public void missed(long requests) {
                say(ink.dim("… and " + requests + " requests too fast to show"));
            }
        };
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private static RequestLine line(RequestEntry request) {
        String reason = request.reason();
        String what = request.code() == null
                ? reason == null ? "" : reason
                : request.code() + (reason == null ? "" : "  " + reason);
        return new RequestLine(
                request.at(),
                request.status() == null ? 0 : request.status(),
                request.method(),
                request.path(),
                request.service(),
                0,
                request.durationMicros() * 1000,
                what);
    }
}
