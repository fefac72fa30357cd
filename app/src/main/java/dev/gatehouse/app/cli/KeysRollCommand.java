package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.NewKey;
import dev.gatehouse.app.admin.view.ViewJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse keys roll`: a key in place of another, without a moment in which there is none.
@Command(
        name = "roll",
        mixinStandardHelpOptions = true,
        description = "Make a key in place of another; both are taken for a while.",
        footer = {
            "",
            "Examples:",
            "  gatehouse keys roll k_7Qd3kLm2                     both are taken for a week",
            "  gatehouse keys roll k_7Qd3kLm2 --overlap 12h --expires 90d",
            "  gatehouse keys roll k_7Qd3kLm2 --overlap 0s -q     the old one leaked",
        })
final class KeysRollCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "KEY", description = "The id of the old one, such as k_7Qd3kLm2.")
    private String id = "";

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "How long the old one is still taken, up to 365d (default: ${DEFAULT-VALUE}).")
    private String overlap = "7d";

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description = "When the new one ends: 2027-03-01, or 90d from now (default: never).")
    private @Nullable String expires;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the new key alone.")
    private boolean quiet;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Object> terms = new LinkedHashMap<>();
        terms.put("overlap", overlap);
        if (expires != null) {
            terms.put("expires", expires);
        }
        NewKey made;
        try (AdminClient client = server.client()) {
            made = client.rollKey(id, terms);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                json
                        ? ViewJson.MAPPER.writeValueAsString(made) + "\n"
                        : quiet ? made.key() + "\n" : NewKeyText.of(made));
        out.flush();
        return 0;
    }
}
