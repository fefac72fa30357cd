package dev.gatehouse.app.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
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

    @Mixin
    private NewKeyOptions made = new NewKeyOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Object> terms = made.terms();
        terms.put("overlap", overlap);
        try (AdminClient client = made.client()) {
            made.print(client.rollKey(id, terms), spec.commandLine().getOut());
        }
        return 0;
    }
}
