package dev.gatehouse.app.cli;

import java.util.ArrayList;
import java.util.List;

/// Neighbouring lines of a text that became others.
///
/// @param line where the old ones began, from 1
record LineChange(int line, List<String> removed, List<String> added) {
    /// Larger stretches that differ are told as one change rather than compared line by line: it takes a table.
    private static final long LARGEST_TABLE = 4_000_000;

    LineChange {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /// How many lines differ.
    int lines() {
        return Math.max(removed.size(), added.size());
    }

    /// ```text
    /// gateway.yaml:7
    /// -   path:   /users
    /// +   path: /users
    /// ```
    String shown(String file) {
        StringBuilder out = new StringBuilder(file).append(':').append(line).append('\n');
        removed.forEach(one -> out.append("- ").append(one).append('\n'));
        added.forEach(one -> out.append("+ ").append(one).append('\n'));
        return out.toString();
    }

    static List<LineChange> between(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        int same = 0;
        while (same < Math.min(old.size(), now.size()) && old.get(same).equals(now.get(same))) {
            same++;
        }
        int end = 0;
        while (end < Math.min(old.size(), now.size()) - same
                && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
            end++;
        }
        return compared(old.subList(same, old.size() - end), now.subList(same, now.size() - end), same + 1);
    }

    /// @param first the number of the first of `old`
    private static List<LineChange> compared(List<String> old, List<String> now, int first) {
        if (old.isEmpty() && now.isEmpty()) {
            return List.of();
        }
        if ((old.size() + 1L) * (now.size() + 1L) > LARGEST_TABLE) {
            return List.of(new LineChange(first, old, now));
        }
        int[][] common = common(old, now);
        List<LineChange> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            int fromOld = i;
            int fromNow = j;
            while ((i < old.size() || j < now.size()) && !isSame(old, i, now, j)) {
                boolean gone = j == now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1]);
                i += gone ? 1 : 0;
                j += gone ? 0 : 1;
            }
            if (i > fromOld || j > fromNow) {
                changes.add(new LineChange(first + fromOld, old.subList(fromOld, i), now.subList(fromNow, j)));
            }
            while (isSame(old, i, now, j)) {
                i++;
                j++;
            }
        }
        return changes;
    }

    private static boolean isSame(List<String> old, int i, List<String> now, int j) {
        return i < old.size() && j < now.size() && old.get(i).equals(now.get(j));
    }

    /// How many lines the rests of the two texts have in common, from each pair of lines on.
    private static int[][] common(List<String> old, List<String> now) {
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
