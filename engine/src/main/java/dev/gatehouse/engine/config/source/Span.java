package dev.gatehouse.engine.config.source;

/// A stretch of a file. Lines and columns count from 1, columns in code points; the end is exclusive.
public record Span(SourceFile file, int line, int column, int endLine, int endColumn) {
    /// One character.
    public static Span at(SourceFile file, int line, int column) {
        return new Span(file, line, column, line, column + 1);
    }

    /// From the beginning of this to the end of `last`.
    public Span to(Span last) {
        return new Span(file, line, column, last.endLine, last.endColumn);
    }

    /// A part of a text that stands here, when it stands on one line as it is; else all of this.
    ///
    /// @param offset of the part in the text, in chars
    /// @param length of the part
    public Span within(String text, int offset, int length) {
        String all = file.line(line);
        int start = all.indexOf(text, all.offsetByCodePoints(0, Math.min(column - 1, all.length())));
        if (start < 0) {
            return this;
        }
        int from = all.codePointCount(0, start + offset) + 1;
        return new Span(file, line, from, line, from + length);
    }

    /// What stands there; the rest of the line when it goes on below.
    public String text() {
        String all = file.line(line);
        int points = all.codePointCount(0, all.length());
        int from = Math.min(column - 1, points);
        int to = endLine == line ? Math.clamp(endColumn - 1, from, points) : points;
        return all.substring(all.offsetByCodePoints(0, from), all.offsetByCodePoints(0, to));
    }

    /// `gateway.yaml:85:9`, as editors and terminals understand it.
    @Override
    public String toString() {
        return file.name() + ":" + line + ":" + column;
    }
}
