package dev.gatehouse.app.help;

import dev.gatehouse.api.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What a failure means to whoever gets it: the explanation behind the one sentence of its [FailureKind].
///
/// @param meaning a paragraph, in lines of at most 120 characters
/// @param client what the client can do
/// @param again whether the same request may be sent again
public record FailureHelp(String meaning, String client, Again again) {
    private static final String CATALOGUE = "failures";
    private static final String CLIENT = "client: ";
    private static final String AGAIN = "again: ";

    /// Sending the same request once more.
    public enum Again {
        NO("No: it will fail the same way."),
        YES("Yes, if doing it twice does no harm."),
        LATER("Later.");

        private final String sentence;

        Again(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    /// @throws IllegalStateException when the catalogue has none, which is a bug
    public static FailureHelp of(FailureKind kind) {
        for (String entry : catalogue().split("\n\n", -1)) {
            if (entry.startsWith(kind.name() + "\n")) {
                return read(entry);
            }
        }
        throw new IllegalStateException("no explanation of " + kind + " in " + CATALOGUE);
    }

    private static FailureHelp read(String entry) {
        StringBuilder meaning = new StringBuilder();
        String client = "";
        Again again = Again.NO;
        for (String line : entry.lines().skip(1).toList()) {
            if (line.startsWith(CLIENT)) {
                client = line.substring(CLIENT.length());
            } else if (line.startsWith(AGAIN)) {
                again = Again.valueOf(line.substring(AGAIN.length()).toUpperCase(Locale.ROOT));
            } else {
                meaning.append(meaning.isEmpty() ? "" : "\n").append(line);
            }
        }
        return new FailureHelp(meaning.toString(), client, again);
    }

    private static String catalogue() {
        try (InputStream in = FailureHelp.class.getResourceAsStream(CATALOGUE)) {
            if (in == null) {
                throw new IllegalStateException("no " + CATALOGUE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(CATALOGUE, e);
        }
    }
}
