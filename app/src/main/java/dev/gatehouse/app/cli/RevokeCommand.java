package dev.gatehouse.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.app.admin.view.RevocationKind;
import dev.gatehouse.app.admin.view.RevocationStatus;
import dev.gatehouse.app.admin.view.ViewJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `gatehouse revoke`: tokens of somebody else that are void before their time.
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "Make signed tokens void before their time, by a running gateway.",
        footer = {
            "",
            "It holds on all gateways that share the store, once an answer they remember is over (revocation.cache).",
            "Logins of type oidc go by --sub alone. API keys: 'gatehouse keys revoke'.",
            "",
            "Examples:",
            "  gatehouse revoke --jti 8f1c2b3a                    one token, by its id",
            "  gatehouse revoke --sub u1 --for 12h                all of u1 that were issued until now",
            "  gatehouse revoke --jwt - < token.txt               the token itself; others see arguments",
            "  gatehouse revoke --sub u1 --undo",
            "  gatehouse revoke --list                            what is revoked, and until when",
        })
final class RevokeCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    /// One of them.
    static final class Whose {
        @Option(names = "--jti", paramLabel = "ID", description = "One token, by its id.")
        private @Nullable String jti;

        @Option(
                names = "--sub",
                paramLabel = "USER",
                description = "All tokens of a subject that were issued until now; later ones are good.")
        private @Nullable String sub;

        @Option(
                names = "--jwt",
                paramLabel = "-",
                description = "The token on standard input, by the id in it, until it expires.")
        private @Nullable String jwt;

        @Option(names = "--list", description = "Show what is revoked.")
        private boolean list;
    }

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long it is kept, up to 3650d: as long as such tokens are good (default: 24h).")
    private @Nullable String time;

    @Option(
            names = "--store",
            paramLabel = "STORE",
            description = "Only in this store (default: all that the configuration asks).")
    private @Nullable String store;

    @Option(names = "--undo", description = "Take it back: what was made void is good again.")
    private boolean undo;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing; of a list, the ids alone.")
    private boolean quiet;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((undo || whose.list) && (time != null || store != null)) {
            throw usage("--for and --store go with what is revoked now");
        }
        if (undo && whose.jti == null && whose.sub == null) {
            throw usage("--undo goes with --jti or --sub");
        }
        Map<String, Object> wanted = whose.list || undo ? Map.of() : wanted();
        PrintWriter out = spec.commandLine().getOut();
        try (AdminClient client = server.client()) {
            if (whose.list) {
                RevokedList.all(client).print(out, quiet, json);
            } else {
                print(undo ? takeBack(client) : client.revoke(wanted), out);
            }
        }
        out.flush();
        return 0;
    }

    private Map<String, Object> wanted() throws IOException {
        Map<String, Object> wanted = new LinkedHashMap<>();
        put(wanted, "jti", whose.jti);
        put(wanted, "sub", whose.sub);
        put(wanted, "token", whose.jwt == null ? null : token(whose.jwt));
        put(wanted, "for", time);
        put(wanted, "store", store);
        return wanted;
    }

    private static void put(Map<String, Object> wanted, String key, @Nullable String value) {
        if (value != null) {
            wanted.put(key, value);
        }
    }

    private String token(String where) throws IOException {
        if (!where.equals(STANDARD_INPUT)) {
            throw usage("--jwt reads standard input, since others see arguments (expected: --jwt -)");
        }
        String line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
        if (line == null || line.isBlank()) {
            throw new IllegalArgumentException("there is no token on standard input");
        }
        return line.strip();
    }

    private RevocationStatus takeBack(AdminClient client) throws IOException, InterruptedException {
        return whose.jti != null
                ? client.takeBack(RevocationKind.JTI, whose.jti)
                : client.takeBack(RevocationKind.SUB, String.valueOf(whose.sub));
    }

    private void print(RevocationStatus revoked, PrintWriter out) {
        if (json) {
            out.println(ViewJson.MAPPER.writeValueAsString(revoked));
        } else if (!quiet) {
            out.println("  " + sentence(revoked) + "  ·  in " + String.join(", ", revoked.stores()));
        }
    }

    private String sentence(RevocationStatus revoked) {
        Instant until = revoked.until();
        String kept = until == null ? "" : "  ·  kept until " + RevokedList.seconds(until);
        return switch (revoked.kind()) {
            case JTI -> "token " + revoked.id() + (undo ? " is good again" : " is void" + kept);
            case SUB ->
                undo
                        ? "tokens of " + revoked.id() + " are good again"
                        : "tokens of " + revoked.id() + " are void that were issued until now" + kept;
        };
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
