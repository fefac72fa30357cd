package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.CertificateList;
import dev.gatehouse.app.admin.view.CertificateStatus;
import dev.gatehouse.app.admin.view.ConfigStatus;
import dev.gatehouse.app.admin.view.Health;
import dev.gatehouse.app.admin.view.ObtainedCertificate;
import dev.gatehouse.app.admin.view.RuntimeOverride;
import dev.gatehouse.app.admin.view.ServiceStatus;
import dev.gatehouse.app.admin.view.ViewJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse status`: how a running gateway is, from its admin API.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show how a running gateway is: its configuration and its services.",
        footer = {
            "",
            "Ends with 0 when it is ready and runs what its files say, 2 when not, 69 when it cannot be reached.",
            "",
            "Examples:",
            "  gatehouse status                                  the gateway on this machine",
            "  gatehouse status --server http://10.0.3.5:9000     another one; its token is in GATEHOUSE_TOKEN",
            "  gatehouse status --json                           for scripts",
        })
final class StatusCommand implements Callable<Integer> {
    private static final int DIFFERENCES = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"--server", "--admin"},
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:9000",
            description = "Where its admin API is (default: ${DEFAULT-VALUE}).")
    private String admin = "http://127.0.0.1:9000";

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:GATEHOUSE_TOKEN}",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "Its admin token, when it needs one (default: GATEHOUSE_TOKEN in the environment).")
    private @Nullable String token;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    /// All that is asked. The keys of `--json`.
    record Status(
            Health health,
            ConfigStatus config,
            List<CertificateStatus> certificates,
            List<ServiceStatus> services,
            List<RuntimeOverride> overrides,
            List<ObtainedCertificate> obtained) {
        boolean isFine() {
            return health.ready() && !config.stale();
        }
    }

    @Override
    public Integer call() throws Exception {
        Status status;
        try (AdminClient client = new AdminClient(admin, token)) {
            // First what needs the token: without it /health tells less than is shown here.
            ConfigStatus config = client.config();
            CertificateList certificates = client.certificates();
            status = new Status(
                    client.health(),
                    config,
                    certificates.certificates(),
                    client.services().services(),
                    client.overrides().overrides(),
                    certificates.obtained());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? ViewJson.MAPPER.writeValueAsString(status) + "\n" : StatusPicture.of(status));
        out.flush();
        return status.isFine() ? 0 : DIFFERENCES;
    }
}
