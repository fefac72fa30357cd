package dev.gatehouse.engine.config.decode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// Guesses what a misspelt word was meant to be.
public final class Suggestions {
    private Suggestions() {}

    /// The candidates nearest to `word`, in their order: at most max(1, length/4) edits away, upper case, `_` and
    /// `-` aside. Empty when none is near; more than one when several are equally near.
    public static List<String> nearest(String word, Collection<String> candidates) {
        String wanted = plain(word);
        int nearest = Math.max(1, wanted.length() / 4);
        List<String> found = new ArrayList<>();
        for (String candidate : candidates) {
            int distance = distance(wanted, plain(candidate));
            if (distance < nearest) {
                found.clear();
                nearest = distance;
            }
            if (distance <= nearest) {
                found.add(candidate);
            }
        }
        return found.size() < 2 ? found : closest(word, found);
    }

    /// `did you mean 'a' or 'b'?`, or empty.
    public static String question(List<String> nearest) {
        return nearest.isEmpty() ? "" : "did you mean '" + String.join("' or '", nearest) + "'?";
    }

    static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /// Those nearest with all characters counted.
    private static List<String> closest(String word, List<String> candidates) {
        int least = candidates.stream()
                .mapToInt(candidate -> distance(word, candidate))
                .min()
                .orElse(0);
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) == least)
                .toList();
    }

    /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
