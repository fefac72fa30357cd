package dev.gatehouse.app.console;

import java.io.Console;
import picocli.CommandLine.Help.Ansi;

/// Colours for a terminal, or none. Text that came from outside goes through [#printable] first.
public enum Ink {
    COLOURED,
    PLAIN;

    private static final String END = "\u001B[0m";

    /// Coloured on a terminal, unless somebody does not want it (`NO_COLOR`, or `--no-color`).
    public static Ink of(boolean unwanted) {
        return !unwanted && Ansi.AUTO.enabled() ? COLOURED : PLAIN;
    }

    /// Whether somebody sits in front of what is written.
    @SuppressWarnings("SystemConsoleNull") // there always is one on JDK 22 and later, but its type does not say so
    public static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    public String bold(String text) {
        return in("1", text);
    }

    public String dim(String text) {
        return in("2", text);
    }

    public String red(String text) {
        return in("31", text);
    }

    public String green(String text) {
        return in("32", text);
    }

    public String yellow(String text) {
        return in("33", text);
    }

    public String cyan(String text) {
        return in("36", text);
    }

    private String in(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001B[" + code + "m" + text + END;
    }

    /// The text without what would move the cursor or change colours.
    public static String printable(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.chars().forEach(c -> clean.append(Character.isISOControl(c) ? '?' : (char) c));
        return clean.toString();
    }
}
