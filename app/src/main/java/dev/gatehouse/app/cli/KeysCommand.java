package dev.gatehouse.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `gatehouse keys`: the API keys of consumers.
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Make, list, replace and take back the API keys of consumers.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KeysCreateCommand.class,
            KeysListCommand.class,
            KeysRollCommand.class,
            KeysRevokeCommand.class,
            KeysVerifyCommand.class
        },
        footer = {
            "",
            "A key is shown once, when it is made; only its SHA-256 is kept.",
            "",
            "Examples:",
            "  gatehouse keys create acme-delivery               a key for a consumer, of a running gateway",
            "  gatehouse keys roll k_7Qd3kLm2 --overlap 7d       another in its place; both hold for a week",
            "  gatehouse keys list                               who has keys, and when they were used last",
        })
final class KeysCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
