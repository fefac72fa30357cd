package dev.gatehouse.engine.expression;

import dev.gatehouse.api.expression.ExpressionException;
import dev.gatehouse.engine.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Cuts an expression into its pieces.
final class Tokens {
    private static final List<String> SIGNS = List.of("==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ",");

    /// What other languages write, and what is meant here.
    private static final Map<String, String> ELSEWHERE =
            Map.of("&&", "and", "||", "or", "!", "not", "=", "==", "&", "and", "|", "or", "~", "matches");

    private static final String WORD_MARKS = "_-.:/@$";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokens(String text) {
        this.text = text;
    }

    /// @return the last one is the end
    /// @throws ExpressionException for a character that begins nothing
    static List<Token> of(String text) {
        Tokens tokens = new Tokens(text);
        while (tokens.at < text.length()) {
            tokens.next();
        }
        tokens.tokens.add(new Token(Kind.END, "", text.length(), 1));
        return tokens.tokens;
    }

    private void next() {
        char c = text.charAt(at);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            at++;
        } else if (c == '\'' || c == '"') {
            quoted(c);
        } else if (isLetter(c) || c == '_') {
            add(Kind.WORD, endOfWord());
        } else if (isDigit(c) || (c == '-' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
            number();
        } else {
            sign();
        }
    }

    private void quoted(char quote) {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw new ExpressionException(text, at, 1, "this quote is not closed");
        }
        tokens.add(new Token(Kind.TEXT, text.substring(at + 1, end), at, end + 1 - at));
        at = end + 1;
    }

    private int endOfWord() {
        int end = at + 1;
        while (end < text.length() && isWordMark(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private void number() {
        int end = at + 1;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        String written = text.substring(at, end);
        if (end < text.length() && isWordMark(text.charAt(end))) {
            throw new ExpressionException(
                    text, at, end + 1 - at, "a number is digits, with a '.' or without; a text has quotes");
        }
        if (!written.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
            throw new ExpressionException(text, at, end - at, "'" + written + "' is not a number");
        }
        add(Kind.NUMBER, end);
    }

    private void sign() {
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                add(Kind.SIGN, at + sign.length());
                return;
            }
        }
        int length = at + 1 < text.length() && ELSEWHERE.containsKey(text.substring(at, at + 2)) ? 2 : 1;
        String found = text.substring(at, at + length);
        String meant = ELSEWHERE.get(found);
        throw new ExpressionException(
                text,
                at,
                length,
                meant == null ? "'" + found + "' means nothing here" : "write '" + meant + "' for '" + found + "'");
    }

    private void add(Kind kind, int end) {
        tokens.add(new Token(kind, text.substring(at, end), at, end - at));
        at = end;
    }

    private static boolean isWordMark(char c) {
        return isLetter(c) || isDigit(c) || WORD_MARKS.indexOf(c) >= 0;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
