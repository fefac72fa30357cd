package dev.gatehouse.engine.config.source;

import java.nio.file.Path;
import java.util.stream.IntStream;

/// One configuration file as it was read. Immutable; two are the same only when they are the same object.
public final class SourceFile {
    private final String name;
    private final Path path;
    private final String text;
    private final int[] lineStarts;

    /// @param name as messages call it: relative to where the user is
    /// @param path where it is; `${file:…}` and `include` are relative to its folder
    public SourceFile(String name, Path path, String text) {
        this.name = name;
        this.path = path;
        this.text = text;
        this.lineStarts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    public String name() {
        return name;
    }

    public Path path() {
        return path;
    }

    public String text() {
        return text;
    }

    public int lines() {
        return lineStarts.length;
    }

    /// A line without its end; empty when there is no such line.
    ///
    /// @param number from 1
    public String line(int number) {
        if (number < 1 || number > lines()) {
            return "";
        }
        int start = lineStarts[number - 1];
        int end = number == lines() ? text.length() : lineStarts[number] - 1;
        String line = text.substring(start, Math.max(start, end));
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    @Override
    public String toString() {
        return name;
    }
}
