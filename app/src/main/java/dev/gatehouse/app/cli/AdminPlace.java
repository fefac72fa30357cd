package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.ServiceStatus;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;

/// `--admin`: which running demo a command is about. A demo needs no token.
final class AdminPlace {
    /// What the demo's file calls itself.
    private static final String DEMO = "demo";

    @Option(
            names = {"--server", "--admin"},
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:9000",
            description = "Where the demo's admin API is (default: ${DEFAULT-VALUE}).")
    private String admin = "http://127.0.0.1:9000";

    /// Where clients come in.
    ///
    /// @throws IOException when what runs there is not a demo
    String listener() throws IOException, InterruptedException {
        try (AdminClient client = demo()) {
            return client.health().listeners().getFirst();
        }
    }

    /// @throws IOException when what runs there is not a demo
    List<ServiceStatus> services() throws IOException, InterruptedException {
        try (AdminClient client = demo()) {
            return client.services().services();
        }
    }

    private AdminClient demo() throws IOException, InterruptedException {
        AdminClient client = new AdminClient(admin, null);
        String name = client.config().running().name();
        if (!DEMO.equals(name)) {
            client.close();
            throw new IOException("the gateway at " + client.base()
                    + " is not a demo, and is left alone: it is called '" + name + "'");
        }
        return client;
    }
}
