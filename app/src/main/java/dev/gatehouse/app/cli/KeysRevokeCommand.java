package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.KeyStatus;
import dev.gatehouse.app.admin.view.ViewJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse keys revoke`: a key is not taken any more.
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "Take a key back: at once on this gateway, within 5 s on those that share its store.",
        footer = {
            "",
            "A key of the file is taken out there; gateways read it again by themselves.",
            "",
            "Examples:",
            "  gatehouse keys revoke k_7Qd3kLm2",
            "  gatehouse keys revoke k_7Qd3kLm2 -q --server http://10.0.3.5:9000",
            "  gatehouse keys revoke k_7Qd3kLm2 --json",
        })
final class KeysRevokeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "KEY", description = "Its id, such as k_7Qd3kLm2.")
    private String id = "";

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing.")
    private boolean quiet;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        KeyStatus revoked;
        try (AdminClient client = server.client()) {
            revoked = client.revokeKey(id);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ViewJson.MAPPER.writeValueAsString(revoked));
        } else if (!quiet) {
            out.println("  " + revoked.id() + " of " + revoked.consumer() + " is not taken any more");
        }
        out.flush();
        return 0;
    }
}
