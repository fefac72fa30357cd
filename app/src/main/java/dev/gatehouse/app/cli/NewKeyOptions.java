package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.NewKey;
import dev.gatehouse.app.admin.view.ViewJson;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What commands that make a key have in common: when it ends, who is asked for it, and how it is shown.
final class NewKeyOptions {
    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description = "When the new key ends: 2027-03-01, 2027-03-01T18:00:00Z, or 90d from now (default: never).")
    private @Nullable String expires;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the new key alone.")
    private boolean quiet;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Mixin
    private ServerOptions server = new ServerOptions();

    AdminClient client() {
        return server.client();
    }

    /// As it was written; null for never.
    @Nullable
    String expires() {
        return expires;
    }

    /// Whether it was said how the key is shown.
    boolean isForProgram() {
        return quiet || json;
    }

    /// What the gateway is told of a new key.
    Map<String, Object> terms() {
        Map<String, Object> terms = new LinkedHashMap<>();
        if (expires != null) {
            terms.put("expires", expires);
        }
        return terms;
    }

    void print(NewKey made, PrintWriter out) {
        if (json) {
            out.println(ViewJson.MAPPER.writeValueAsString(made));
        } else if (quiet) {
            out.println(made.key());
        } else {
            out.print(NewKeyText.of(made));
        }
        out.flush();
    }
}
