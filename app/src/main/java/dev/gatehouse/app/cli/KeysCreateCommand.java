package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.NewKey;
import dev.gatehouse.engine.config.ConsumerConfig;
import dev.gatehouse.engine.consumer.ApiKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
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
            "  gatehouse keys create city-guide --plan free        makes the consumer too",
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
            names = "--not-before",
            paramLabel = "WHEN",
            description = "When it begins, written in the same way (default: at once).")
    private @Nullable String notBefore;

    @Option(
            names = {"--print", "--offline"},
            description = "Make it here, and print what belongs into the file; the key itself goes to stderr.")
    private boolean print;

    @Mixin
    private NewKeyOptions made = new NewKeyOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (print) {
            printForFile(out);
        } else {
            try (AdminClient client = made.client()) {
                made.print(create(client), out);
            }
        }
        return 0;
    }

    private NewKey create(AdminClient client) throws IOException, InterruptedException {
        Map<String, Object> terms = made.terms();
        if (notBefore != null) {
            terms.put("not_before", notBefore);
        }
        if (plan != null
                && client.consumers().consumers().stream()
                        .noneMatch(one -> one.name().equals(consumer))) {
            client.addConsumer(Map.of("name", consumer, "plan", plan));
        }
        return client.createKey(consumer, terms);
    }

    private void printForFile(PrintWriter out) {
        if (!ConsumerConfig.NAME.matcher(consumer).matches()) {
            throw new ParameterException(spec.commandLine(), "'" + consumer + "' is no name of a consumer");
        }
        if (made.isForProgram() || plan != null) {
            throw new ParameterException(spec.commandLine(), "--print goes without --json, --quiet and --plan");
        }
        ApiKey key = ApiKey.random(ApiKey.PREFIX, new SecureRandom());
        String line = "      - { id: " + key.id() + ", sha256: \"" + key.sha256() + '"'
                + date("expires", made.expires())
                + date("not_before", notBefore)
                + " }";
        PrintWriter err = spec.commandLine().getErr();
        err.println("  " + key.reveal() + "      shown only now");
        err.flush();
        out.println("consumers:");
        out.println("  " + consumer + ":");
        out.println("    keys:");
        out.println(line);
        out.flush();
    }

    private String date(String name, @Nullable String written) {
        return written == null
                ? ""
                : ", " + name + ": \"" + FileMoment.of(written, "--" + name.replace('_', '-'), spec) + '"';
    }
}
