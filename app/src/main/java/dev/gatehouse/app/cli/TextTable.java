package dev.gatehouse.app.cli;

import java.util.ArrayList;
import java.util.List;

/// Columns as wide as their widest cell, two blanks between them. A character is taken to be one column wide.
final class TextTable {
    private static final String GAP = "  ";

    private final List<Boolean> rightAligned;
    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widths;

    /// @param rightAligned for each column: whether it holds numbers
    TextTable(List<String> heads, List<Boolean> rightAligned) {
        this.rightAligned = List.copyOf(rightAligned);
        this.widths = new int[heads.size()];
        row(heads);
    }

    void row(String... cells) {
        row(List.of(cells));
    }

    void row(List<String> cells) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], width(cells.get(column)));
        }
        rows.add(cells);
    }

    /// The heads and then the rows, without blanks at their ends.
    List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - width(cell));
            line.append(column == 0 ? "" : GAP).append(rightAligned.get(column) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
