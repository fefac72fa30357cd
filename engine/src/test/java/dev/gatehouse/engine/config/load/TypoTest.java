package dev.gatehouse.engine.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.decode.RecordShape;
import dev.gatehouse.engine.config.decode.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whoever mistypes a key by one letter is told which one was meant.
class TypoTest {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz_";
    private static final int INSERTED_OR_REPLACED = 4;

    private int typos;
    private int right;
    private final List<String> wrong = new ArrayList<>();

    @Test
    void every_typo_of_every_key_gets_the_right_suggestion_in_98_of_100() {
        Language language = new Language(Extensions.NONE);
        Random random = new Random(4711);
        int keys = 0;
        for (Class<? extends Record> type : Language.records()) {
            RecordShape shape = RecordShape.of(type);
            Set<String> legal = new LinkedHashSet<>(shape.keyNames());
            legal.addAll(language.later(shape.name()));
            for (String key : legal) {
                keys++;
                for (String typo : typos(key, random)) {
                    check(key, typo, legal);
                }
            }
        }
        double share = 100.0 * right / typos;
        System.out.printf("%d typos of %d keys: %.2f %% right%n", typos, keys, share);

        assertThat(share).as("not right: %s", wrong).isGreaterThanOrEqualTo(98);
    }

    private void check(String key, String typo, Collection<String> legal) {
        if (legal.contains(typo)) {
            return; // another key: nothing is wrong with it
        }
        typos++;
        List<String> nearest = Suggestions.nearest(typo, legal);
        if (nearest.equals(List.of(key))) {
            right++;
        } else {
            wrong.add(typo + " → " + nearest);
        }
    }

    /// All with a letter left out or two swapped, and some with one put in or replaced.
    private static Set<String> typos(String key, Random random) {
        Set<String> typos = new LinkedHashSet<>();
        for (int i = 0; i < key.length(); i++) {
            typos.add(key.substring(0, i) + key.substring(i + 1));
            if (i > 0) {
                typos.add(key.substring(0, i - 1) + key.charAt(i) + key.charAt(i - 1) + key.substring(i + 1));
            }
            for (int n = 0; n < INSERTED_OR_REPLACED; n++) {
                char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
                typos.add(key.substring(0, i) + letter + key.substring(i));
                typos.add(key.substring(0, i) + letter + key.substring(i + 1));
            }
        }
        typos.remove(key);
        typos.remove("");
        return typos;
    }
}
