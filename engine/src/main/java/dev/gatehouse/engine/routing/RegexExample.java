package dev.gatehouse.engine.routing;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Guesses a text an expression matches. Most expressions people write are a word, a choice of words, or words and
/// digits; a guess is tried before it is given out, so that it is never wrong.
final class RegexExample {
    private RegexExample() {}

    /// @param others what to try when nothing was guessed
    static @Nullable String of(Pattern pattern, List<String> others) {
        String plain = pattern.pattern()
                .replaceAll("\\(\\?(P<[^>]*>|[a-z]*:)|[\\^$()]", "")
                .replaceAll("\\\\d|\\[0-9]", "1")
                .replaceAll("\\[\\^/]|\\[a-zA-Z0-9_-]|\\[a-z0-9-]|\\[a-z]|\\\\w|(?<!\\\\)\\.(?=[*+?{])", "a")
                .replaceAll("\\{\\d+[^}]*}|[*+?]", "")
                .replace("\\", "");
        List<String> guesses = new ArrayList<>(List.of(plain.split("\\|", -1)));
        guesses.addAll(others);
        for (String guess : guesses) {
            if (pattern.matches(guess)) {
                return guess;
            }
        }
        return null;
    }
}
