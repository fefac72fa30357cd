package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.KeyList;
import dev.gatehouse.app.admin.view.KeyStatus;
import dev.gatehouse.app.admin.view.ViewJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse keys list`: the keys a running gateway knows.
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the keys of a running gateway: whose they are, until when, and how they are used.",
        footer = {
            "",
            "Requests are those of this gateway since it started.",
            "",
            "Examples:",
            "  gatehouse keys list",
            "  gatehouse keys list --consumer acme-delivery      of one consumer",
            "  gatehouse keys list -q | xargs -n1 gatehouse keys revoke -q",
        })
final class KeysListCommand implements Callable<Integer> {
    private static final List<String> HEADS =
            List.of("KEY", "CONSUMER", "WHERE", "STATE", "EXPIRES", "REQUESTS", "LAST USED");
    private static final List<Boolean> RIGHT = List.of(false, false, false, false, false, true, false);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--consumer", paramLabel = "CONSUMER", description = "Only the keys of this one.")
    private @Nullable String consumer;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the ids alone.")
    private boolean quiet;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        KeyList all;
        try (AdminClient client = server.client()) {
            all = client.keys();
        }
        KeyList shown = new KeyList(all.keys().stream()
                .filter(key -> consumer == null || key.consumer().equals(consumer))
                .toList());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ViewJson.MAPPER.writeValueAsString(shown));
        } else if (quiet) {
            shown.keys().forEach(key -> out.println(key.id()));
        } else {
            TextTable table = new TextTable(HEADS, RIGHT);
            shown.keys().forEach(key -> table.row(cells(key)));
            table.lines().forEach(line -> out.println("  " + line));
            printSums(shown.keys(), out);
        }
        out.flush();
        return 0;
    }

    /// Of consumers with several keys, what all of them were good for.
    private static void printSums(List<KeyStatus> keys, PrintWriter out) {
        Map<String, List<KeyStatus>> byConsumer =
                keys.stream().collect(Collectors.groupingBy(KeyStatus::consumer, TreeMap::new, Collectors.toList()));
        byConsumer.values().removeIf(own -> own.size() == 1);
        if (!byConsumer.isEmpty()) {
            out.println();
        }
        byConsumer.forEach((name, own) -> out.println("  " + name + ", requests by all " + own.size() + " keys: "
                + number(own.stream().mapToLong(KeyStatus::requests).sum())));
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static List<String> cells(KeyStatus key) {
        String replaced = key.replacedBy() == null ? "" : ", replaced by " + key.replacedBy();
        return List.of(
                key.id(),
                key.consumer(),
                key.source().word(),
                key.state().word() + replaced,
                key.expires() == null ? "never" : seconds(key.expires()),
                number(key.requests()),
                key.lastUsed() == null ? "–" : seconds(key.lastUsed()));
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
