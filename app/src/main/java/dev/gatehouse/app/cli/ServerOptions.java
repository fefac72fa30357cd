package dev.gatehouse.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--server`: which running gateway a command asks.
final class ServerOptions {
    static final String USUAL = "http://127.0.0.1:9000";

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = USUAL,
            description = "Where the gateway's admin API is (default: ${DEFAULT-VALUE}).")
    private String server = USUAL;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:GATEHOUSE_TOKEN}",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "Its admin token, when it needs one (default: GATEHOUSE_TOKEN in the environment).")
    private @Nullable String token;

    AdminClient client() {
        return new AdminClient(server, token);
    }
}
