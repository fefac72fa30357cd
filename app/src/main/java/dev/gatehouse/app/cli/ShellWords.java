package dev.gatehouse.app.cli;

import java.util.ArrayList;
import java.util.List;

/// Cuts a pasted command line into words as a shell does: blanks between them, `'…'`, `"…"` and `$'…'` hold one
/// together, `\` takes the next character as it is, at the end of a line it joins the next one. Nothing is
/// expanded.
final class ShellWords {
    private final String text;
    private final StringBuilder word = new StringBuilder();
    private int at;

    private ShellWords(String text) {
        this.text = text;
    }

    /// @throws IllegalArgumentException when a quote is not closed
    static List<String> of(String text) {
        return new ShellWords(text).all();
    }

    private List<String> all() {
        List<String> words = new ArrayList<>();
        while (skipBlanks()) {
            word.setLength(0);
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                next();
            }
            words.add(word.toString());
        }
        return words;
    }

    private boolean skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean joined = c == '\\' && (text.startsWith("\\\n", at) || text.startsWith("\\\r\n", at));
            if (joined) {
                at = text.indexOf('\n', at) + 1;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private void next() {
        char c = text.charAt(at++);
        if (c == '\'') {
            quoted('\'', false);
        } else if (c == '"') {
            quoted('"', true);
        } else if (c == '$' && at < text.length() && text.charAt(at) == '\'') {
            at++;
            quoted('\'', true);
        } else if (c == '\\' && at < text.length()) {
            char escaped = text.charAt(at++);
            if (escaped != '\n') {
                word.append(escaped);
            }
        } else {
            word.append(c);
        }
    }

    private void quoted(char end, boolean escapes) {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == end) {
                return;
            }
            if (c == '\\' && escapes && at < text.length()) {
                escaped(end);
            } else {
                word.append(c);
            }
        }
        throw new IllegalArgumentException("the quote at character " + start + " is not closed");
    }

    /// Between double quotes only what has a meaning there can be escaped; between `$'` and `'` there are names
    /// too.
    private void escaped(char end) {
        char c = text.charAt(at++);
        if (end == '\'') {
            word.append(
                    switch (c) {
                        case 'n' -> '\n';
                        case 't' -> '\t';
                        case 'r' -> '\r';
                        default -> c;
                    });
        } else if (c == '"' || c == '\\' || c == '$' || c == '`') {
            word.append(c);
        } else if (c != '\n') {
            word.append('\\').append(c);
        }
    }
}
