package dev.gatehouse.engine.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.decode.Decoder;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.decode.Placeholders;
import dev.gatehouse.engine.config.decode.RecordShape;
import dev.gatehouse.engine.config.decode.UnknownKeys;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.diagnostic.Severity;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whoever mistypes a key by one letter is told which one was meant.
class TypoTest {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz_";
    private static final Span SOMEWHERE = Span.at(new SourceFile("gateway.yaml", Path.of("gateway.yaml"), ""), 1, 1);

    private final Language language = new Language(Extensions.NONE);
    private final List<String> notRight = new ArrayList<>();

    @Test
    void every_typo_of_every_key_gets_the_right_suggestion_in_98_of_100() {
        int keys = 0;
        int typos = 0;
        for (Class<? extends Record> section : Language.records()) {
            Set<String> legal = new LinkedHashSet<>(RecordShape.of(section).keyNames());
            legal.addAll(language.later(RecordShape.of(section).name()));
            for (String key : legal) {
                keys++;
                for (String typo : typos(key)) {
                    // Another key is no typo, and what begins with x- is the user's own.
                    if (!legal.contains(typo) && !typo.startsWith("x-")) {
                        typos++;
                        check(section, key, typo);
                    }
                }
            }
        }
        double right = 100.0 * (typos - notRight.size()) / typos;
        System.out.printf("%d typos of %d keys: %.2f %% get the right suggestion%n", typos, keys, right);

        assertThat(right).as("not right: %s", notRight).isGreaterThanOrEqualTo(98);
    }

    private void check(Class<? extends Record> section, String key, String typo) {
        Diagnostics diagnostics = new Diagnostics();
        Decoder decoder = new Decoder(
                diagnostics,
                new Placeholders(Map.of(), diagnostics),
                new UnknownKeys(language, Severity.ERROR, diagnostics));
        Node.Scalar word = new Node.Scalar(SOMEWHERE, typo, Node.Kind.TEXT, true);
        Node.Mapping mapping = new Node.Mapping(SOMEWHERE, List.of(new Node.Entry(word, word)));

        decoder.section(mapping, section, NodePath.ROOT, List.of());

        String said =
                diagnostics.all().stream().map(Diagnostic::label).findFirst().orElse("");
        if (!said.equals("did you mean '" + key + "'?")) {
            notRight.add(typo + ": " + said);
        }
    }

    /// All with a letter left out, two swapped, one put in or replaced.
    private static Set<String> typos(String key) {
        Set<String> typos = new LinkedHashSet<>();
        for (int i = 0; i <= key.length(); i++) {
            String before = key.substring(0, i);
            String from = key.substring(i);
            LETTERS.chars().forEach(letter -> typos.add(before + (char) letter + from));
            if (i == key.length()) {
                break;
            }
            String after = key.substring(i + 1);
            typos.add(before + after);
            LETTERS.chars().forEach(letter -> typos.add(before + (char) letter + after));
            if (i > 0) {
                typos.add(key.substring(0, i - 1) + key.charAt(i) + key.charAt(i - 1) + after);
            }
        }
        typos.remove(key);
        typos.remove("");
        return typos;
    }
}
