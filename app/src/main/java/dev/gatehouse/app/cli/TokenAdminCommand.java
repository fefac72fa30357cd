package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.AdminToken;
import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.engine.config.AdminScope;
import dev.gatehouse.engine.config.AdminTokenConfig;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `gatehouse token admin`: a token of the admin API that may do some things only. Made here; no gateway is asked.
@Command(
        name = "admin",
        mixinStandardHelpOptions = true,
        description = "A token of the admin API, and the lines that have the file know it.",
        footer = {
            "",
            "The token goes to stderr and is shown once; its SHA-256 is what the file has. It holds from the reload on.",
            "",
            "Examples:",
            "  gatehouse token admin grafana --scope read                  look at everything, change nothing",
            "  gatehouse token admin shop --scope keys --expires 90d       make and revoke keys of consumers",
            "  gatehouse token admin deploy --scope config,operate --json",
        })
final class TokenAdminCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "What the log calls its holder: a person or a program.")
    private String name = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            split = ",",
            required = true,
            converter = Scope.class,
            description = "What it opens: read, operate, config, keys; several with commas between.")
    private List<AdminScope> scopes = List.of();

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description = "When it ends: 2027-03-01, 2027-03-01T18:00:00Z, or 90d from now (default: never).")
    private @Nullable String expires;

    @Option(names = "--json", description = "As one JSON object, the token in it, on stdout.")
    private boolean json;

    static final class Scope implements ITypeConverter<AdminScope> {
        @Override
        public AdminScope convert(String text) {
            return Arrays.stream(AdminScope.values())
                    .filter(scope -> scope.word().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is none (expected: read, operate, config or keys)"));
        }
    }

    @Override
    public Integer call() {
        if (!AdminTokenConfig.NAME.matcher(name).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "'" + name + "' is no name of a token (expected: up to 64 letters, digits, . _ and -)");
        }
        AdminToken token = AdminToken.random(new SecureRandom());
        Set<AdminScope> each = EnumSet.copyOf(scopes);
        List<String> words = each.stream().map(AdminScope::word).toList();
        String until = expires == null ? null : FileMoment.of(expires, "--expires", spec);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, @Nullable Object> made = new LinkedHashMap<>();
            made.put("name", name);
            made.put("token", token.reveal());
            made.put("sha256", token.sha256());
            made.put("scopes", words);
            made.put("expires", until);
            out.println(ViewJson.MAPPER.writeValueAsString(made));
        } else {
            PrintWriter err = spec.commandLine().getErr();
            err.println("  " + token.reveal() + "      shown only now");
            err.flush();
            out.println("admin:");
            out.println("  tokens:");
            out.println("    " + name + ": { sha256: \"" + token.sha256() + "\", scopes: [ " + String.join(", ", words)
                    + " ]" + (until == null ? "" : ", expires: \"" + until + '"') + " }");
        }
        out.flush();
        return 0;
    }
}
