package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.TraceToken;
import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.app.demo.identity.DemoIssuer;
import dev.gatehouse.app.demo.identity.DemoUser;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
        subcommands = {TokenCommand.Trace.class, TokenCommand.Demo.class, TokenAdminCommand.class},
        footer = {
            "",
            "Examples:",
            "  gatehouse token trace                              for ten minutes",
            "  curl -H \"$(gatehouse token trace)\" localhost:8080/menus/r42",
            "  gatehouse token demo --sub u1                      somebody of the demo",
            "  gatehouse token admin grafana --scope read         the admin API, and not all of it",
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

    /// `gatehouse token demo`: a bearer token of the demo's identity provider, signed here: nobody is asked.
    @Command(
            name = "demo",
            mixinStandardHelpOptions = true,
            description = "A token of the demo's identity provider, for one of its users or for anybody.",
            footer = {
                "",
                "Everybody can make these: a gateway that listens to others than this machine refuses to believe them.",
                "",
                "Examples:",
                "  gatehouse token demo --sub u1                      alice, a customer; u2 is sam, u3 is root",
                "  gatehouse token demo --sub x9 --roles customer,vip --ttl 5m",
                "  curl -H \"Authorization: Bearer $(gatehouse token demo --sub u1)\" localhost:8080/orders",
            })
    static final class Demo implements Callable<Integer> {
        private static final Duration LONGEST = Duration.ofDays(1);

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--sub",
                paramLabel = "USER",
                defaultValue = "u1",
                description = "Of whom it speaks (default: ${DEFAULT-VALUE}).")
        private String subject = "u1";

        @Option(
                names = "--roles",
                paramLabel = "ROLE",
                split = ",",
                description = "What they may do; left out, the roles of the demo's user.")
        private @Nullable List<String> roles;

        @Option(
                names = "--ttl",
                paramLabel = "TIME",
                converter = Units.Time.class,
                defaultValue = "1h",
                description = "How long it is good, up to 24h (default: ${DEFAULT-VALUE}).")
        private Duration lasts = Duration.ofHours(1);

        @Override
        public Integer call() {
            if (lasts.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("--ttl " + lasts.toHours() + "h (expected: at most 24h)");
            }
            DemoUser user = DemoUser.withId(subject);
            Set<String> known = user == null ? Set.of() : user.roles();
            Set<String> said = roles == null ? known : new LinkedHashSet<>(roles);
            PrintWriter out = spec.commandLine().getOut();
            out.println(DemoIssuer.accessToken(subject, said, Instant.now(), lasts));
            out.flush();
            return 0;
        }
    }
}
