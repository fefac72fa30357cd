package dev.gatehouse.api.template;

import java.util.ArrayList;
import java.util.List;

/// Reads a template, once, from left to right. The grammar stands in `docs/guide/templates.md`.
final class TemplateReader {
    private static final String KEY_MARKS = "_-.[]:/@$";

    private final String source;
    private final List<TemplatePart> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;

    TemplateReader(String source) {
        this.source = source;
    }

    List<TemplatePart> read() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c != '{' && c != '}') {
                literal.append(c);
                at++;
            } else if (at + 1 < source.length() && source.charAt(at + 1) == c) {
                literal.append(c);
                at += 2;
            } else if (c == '{') {
                place();
            } else {
                throw new TemplateException(at, "'}' closes nothing here; write '}}' for a brace");
            }
        }
        endLiteral();
        return parts;
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(new TemplatePart.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private void place() {
        int start = at + 1;
        int end = source.indexOf('}', start);
        if (end < 0) {
            throw new TemplateException(at, "'{' is not closed; write '{{' for a brace");
        }
        endLiteral();
        parts.add(new TemplatePart.Place(reference(start, end), start));
        at = end + 1;
    }

    private Reference reference(int start, int end) {
        String written = source.substring(start, end);
        if (written.isEmpty()) {
            throw new TemplateException(start, "'{}' names no value");
        }
        int dot = written.indexOf('.');
        String first = dot < 0 ? written : written.substring(0, dot);
        if (!isName(first)) {
            throw notAName(start, written);
        }
        if (dot < 0) {
            return Reference.parameter(first);
        }
        String key = written.substring(dot + 1);
        if (!isKey(key)) {
            throw notAName(start, written);
        }
        return Reference.fact(first, key);
    }

    private static TemplateException notAName(int offset, String written) {
        return new TemplateException(
                offset,
                "'" + written + "' is not the name of a value; names look like {userId} or {query.lang},"
                        + " and a brace is written '{{'");
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || !isLetter(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetter(c) && !isDigit(c) && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isKey(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (!isLetter(c) && !isDigit(c) && KEY_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !key.isEmpty();
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
