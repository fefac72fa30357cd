package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.NewKey;
import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.engine.config.ConsumerConfig;
import dev.gatehouse.engine.config.Moment;
import dev.gatehouse.engine.consumer.ApiKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse keys create`: a key for a consumer, made by a running gateway, or here for the file.
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Make a key for a consumer. It is shown once.",
        footer = {
            "",
            "Examples:",
            "  gatehouse keys create acme-delivery --expires 90d",
            "  gatehouse keys create city-guide --plan free        makes the consumer too, beside those of the file",
            "  gatehouse keys create acme-delivery --print         the lines for the file; asks no gateway",
        })
final class KeysCreateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONSUMER", description = "Whose key it is: a name under 'consumers'.")
    private String consumer = "";

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            description = "Make the consumer too, with this plan of the file, when there is none of its name.")
    private @Nullable String plan;

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description = "When it ends: 2027-03-01, 2027-03-01T18:00:00Z, or 90d from now (default: never).")
    private @Nullable String expires;

    @Option(
            names = "--not-before",
            paramLabel = "WHEN",
            description = "When it begins, written in the same way (default: at once).")
    private @Nullable String notBefore;

    @Option(
            names = {"--print", "--offline"},
            description = "Make it here, and print what belongs into the file; the key itself goes to stderr.")
    private boolean print;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the key alone.")
    private boolean quiet;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (print) {
            printForFile(out);
        } else {
            NewKey made = made();
            out.print(
                    json
                            ? ViewJson.MAPPER.writeValueAsString(made) + "\n"
                            : quiet ? made.key() + "\n" : NewKeyText.of(made));
        }
        out.flush();
        return 0;
    }

    private NewKey made() throws IOException, InterruptedException {
        Map<String, Object> terms = new LinkedHashMap<>();
        if (expires != null) {
            terms.put("expires", expires);
        }
        if (notBefore != null) {
            terms.put("not_before", notBefore);
        }
        try (AdminClient client = server.client()) {
            if (plan != null
                    && client.consumers().consumers().stream()
                            .noneMatch(one -> one.name().equals(consumer))) {
                client.addConsumer(Map.of("name", consumer, "plan", plan));
            }
            return client.createKey(consumer, terms);
        }
    }

    private void printForFile(PrintWriter out) {
        if (!ConsumerConfig.NAME.matcher(consumer).matches()) {
            throw new ParameterException(spec.commandLine(), "'" + consumer + "' is no name of a consumer");
        }
        if (json || quiet || plan != null) {
            throw new ParameterException(spec.commandLine(), "--print goes without --json, --quiet and --plan");
        }
        ApiKey key = ApiKey.random(ApiKey.PREFIX, new SecureRandom());
        StringBuilder line = new StringBuilder("      - { id: ").append(key.id());
        line.append(", sha256: \"").append(key.sha256()).append('"');
        line.append(date("expires", expires))
                .append(date("not_before", notBefore))
                .append(" }");
        PrintWriter err = spec.commandLine().getErr();
        err.println("  " + key.reveal() + "      shown only now");
        err.flush();
        out.println("consumers:");
        out.println("  " + consumer + ":");
        out.println("    keys:");
        out.println(line);
    }

    private String date(String name, @Nullable String written) {
        if (written == null) {
            return "";
        }
        Duration fromNow = dev.gatehouse.engine.config.decode.Units.time(written);
        String text = fromNow == null
                ? written
                : Instant.now().plus(fromNow).truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            Moment.of(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + name.replace('_', '-') + ": " + e.getMessage(), e);
        }
        return ", " + name + ": \"" + text + "\"";
    }
}
