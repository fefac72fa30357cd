package dev.gatehouse.app.cli;

import dev.gatehouse.engine.explain.Asker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// As whom a request is asked: somebody who is believed, or somebody with a credential.
final class AskerOptions {
    private static final String STANDARD_INPUT = "-";
    private static final int LONGEST = 64 << 10;

    @Option(
            names = "--as",
            paramLabel = "[METHOD:]USER[,ROLE…]",
            description = {
                "Somebody who is believed without a credential: u1, customer:u1, u1,support, or consumer:acme.",
                "METHOD is an entry of security.authentication, or else a role; without ROLEs it is the role, too.",
            })
    private @Nullable String as;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            split = ",",
            description = "With --as: a role; may be given more than once.")
    private List<String> roles = List.of();

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            split = ",",
            description = "With --as: a scope; may be given more than once.")
    private List<String> scopes = List.of();

    @Option(
            names = "--claim",
            paramLabel = "NAME=VALUE",
            description = "With --as: a claim of the token, as {jwt.NAME} has it; may be given more than once.")
    private Map<String, String> claims = new LinkedHashMap<>();

    @Option(
            names = "--jwt",
            paramLabel = "TOKEN",
            description = "The request shows this token; @FILE reads it from a file, - from standard input.")
    private @Nullable String jwt;

    @Option(
            names = "--key",
            paramLabel = "[ENTRY:]KEY",
            description = {
                "The request shows this API key, where security.authentication looks for keys.",
                "ENTRY is needed when that is in several places; @FILE and - as with --jwt.",
            })
    private @Nullable String key;

    boolean isGiven() {
        return as != null || jwt != null || key != null || !roles.isEmpty() || !scopes.isEmpty() || !claims.isEmpty();
    }

    /// Null for nobody.
    ///
    /// @throws IllegalArgumentException with a sentence for the user, which tells no credential
    @Nullable
    Asker asker() {
        String who = as;
        if (who == null && (!roles.isEmpty() || !scopes.isEmpty() || !claims.isEmpty())) {
            throw new IllegalArgumentException("--role, --scope and --claim are about somebody: say --as, too");
        }
        if ((who == null ? 0 : 1) + (jwt == null ? 0 : 1) + (key == null ? 0 : 1) > 1) {
            throw new IllegalArgumentException("--as, --jwt and --key: one says who asks (more goes with -H)");
        }
        if (who != null) {
            return assumed(who);
        }
        if (jwt != null) {
            return new Asker.Token(credential("--jwt", jwt));
        }
        return key == null ? null : Asker.Key.parse(credential("--key", key));
    }

    private Asker assumed(String who) {
        try {
            Set<String> all = new LinkedHashSet<>(roles);
            return Asker.Assumed.parse(who).with(all, new LinkedHashSet<>(scopes), new LinkedHashMap<>(claims));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--as: " + e.getMessage(), e);
        }
    }

    private static String credential(String option, String said) {
        try {
            if (said.equals(STANDARD_INPUT)) {
                return new String(System.in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
            }
            return said.startsWith("@")
                    ? Files.readString(Path.of(said.substring(1))).strip()
                    : said.strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(option + ": " + said + " cannot be read: " + e.getMessage(), e);
        }
    }
}
