package dev.gatehouse.engine.expression;

import dev.gatehouse.api.expression.Expression;
import dev.gatehouse.api.expression.ExpressionException;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.expression.Operand.Literal;
import dev.gatehouse.engine.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads one expression, from left to right, by the grammar in `docs/guide/expressions.md`. Used once.
public final class ExpressionReader {
    /// In characters. Who needs more has a rule too many.
    static final int MAX_LENGTH = 4096;

    /// Parentheses and `not` within each other: reading and asking go as deep.
    static final int MAX_DEPTH = 50;

    private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in", "matches", "exists", "true", "false");

    private final String text;
    private final List<Token> tokens;
    private final FactNames facts;
    private final Comparisons comparisons;
    private int next;
    private int depth;

    private ExpressionReader(String text, PathValues path) {
        this.text = text;
        this.tokens = Tokens.of(text);
        this.facts = new FactNames(text, path);
        this.comparisons = new Comparisons(text);
    }

    /// @param path whose parameters `path.x` means
    /// @throws ExpressionException when it cannot be read or makes no sense
    public static Expression read(String text, PathValues path) {
        if (text.length() > MAX_LENGTH) {
            throw new ExpressionException(
                    text, MAX_LENGTH, 1, "an expression has at most " + MAX_LENGTH + " characters");
        }
        ExpressionReader reader = new ExpressionReader(text, path);
        Condition whole = reader.any();
        Token rest = reader.peek();
        if (rest.kind() != Kind.END) {
            throw reader.mistake(rest, rest.is(")") ? "this ')' closes nothing" : reader.behind(rest));
        }
        return new CheckedExpression(text, whole);
    }

    private String behind(Token rest) {
        Token before = tokens.get(next - 1);
        return "expected 'and', 'or' or the end behind '" + text.substring(before.offset(), before.end()) + "', not "
                + rest.noun() + suggestion(rest, List.of("and", "or"));
    }

    private Condition any() {
        List<Condition> parts = new ArrayList<>(2);
        parts.add(all());
        while (take("or")) {
            parts.add(all());
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.Any(List.copyOf(parts));
    }

    private Condition all() {
        List<Condition> parts = new ArrayList<>(2);
        parts.add(one());
        while (take("and")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.All(List.copyOf(parts));
    }

    private Condition one() {
        Token token = peek();
        if (++depth > MAX_DEPTH) {
            throw mistake(token, "nested deeper than " + MAX_DEPTH);
        }
        Condition condition;
        if (take("not")) {
            condition = new Condition.Not(one());
        } else if (token.is("(")) {
            next++;
            condition = any();
            close(token);
        } else if (take("exists")) {
            condition = exists();
        } else {
            condition = comparison();
        }
        depth--;
        return condition;
    }

    private void close(Token opened) {
        Token token = peek();
        if (!token.is(")")) {
            throw token.kind() == Kind.END
                    ? mistake(opened, "this '(' is not closed")
                    : mistake(token, "expected ')', 'and' or 'or', not " + token.noun());
        }
        next++;
    }

    /// `exists header.x`, `exists(header.x)`
    private Condition exists() {
        Token token = peek();
        boolean opened = token.is("(");
        next += opened ? 1 : 0;
        Condition condition = comparisons.exists(operand());
        if (opened) {
            close(token);
        }
        return condition;
    }

    private Condition comparison() {
        Token first = peek();
        if (first.kind() == Kind.WORD) {
            Condition.Has has = Members.read(text, first, tokens.get(next + 1));
            if (has != null) {
                boolean quoted = first.text().indexOf(':') == first.text().length() - 1;
                next += quoted ? 2 : 1;
                return has;
            }
        }
        Placed left = operand();
        Token sign = peek();
        for (Condition.Compared.Sign known : Condition.Compared.Sign.values()) {
            if (sign.is(known.written)) {
                next++;
                return comparisons.compared(left, known, sign, operandOrList());
            }
        }
        if (take("exists")) {
            return comparisons.exists(left);
        }
        if (take("matches")) {
            Token pattern = take();
            return comparisons.matched(left, pattern);
        }
        boolean isNot = take("not");
        if (take("in")) {
            Token list = peek();
            return list.is("[")
                    ? comparisons.among(
                            left,
                            isNot,
                            literals(),
                            text.substring(list.offset(), tokens.get(next - 1).end()))
                    : comparisons.among(left, isNot, operand());
        }
        throw mistake(
                isNot ? peek() : left.token(),
                isNot
                        ? "expected 'in' behind 'not'"
                        : "'" + left.operand().written() + "' alone is no condition: compare it, or write '"
                                + left.operand().written() + " exists'" + suggestion(sign, KEYWORDS));
    }

    /// A value, and where it stands.
    record Placed(Operand operand, Token token) {}

    private Placed operandOrList() {
        if (peek().is("[")) {
            throw mistake(peek(), "a list is asked with 'in', not compared");
        }
        return operand();
    }

    private Placed operand() {
        Token token = take();
        return switch (token.kind()) {
            case TEXT, NUMBER -> new Placed(literal(token), token);
            case WORD -> {
                if (token.isWord("true") || token.isWord("false")) {
                    yield new Placed(literal(token), token);
                }
                if (KEYWORDS.contains(token.text())) {
                    throw mistake(token, "expected a value, not " + token.noun());
                }
                yield new Placed(facts.named(token), token);
            }
            case SIGN, END -> throw mistake(token, "expected a value, not " + token.noun());
        };
    }

    private List<Placed> literals() {
        List<Placed> all = new ArrayList<>();
        Token opened = take();
        do {
            Token token = take();
            boolean literal = token.kind() == Kind.TEXT
                    || token.kind() == Kind.NUMBER
                    || token.isWord("true")
                    || token.isWord("false");
            if (!literal) {
                throw mistake(
                        token,
                        token.kind() == Kind.END
                                ? "the list that begins at " + (opened.offset() + 1) + " is not closed"
                                : "a list holds texts in quotes and numbers, not " + token.noun());
            }
            all.add(new Placed(literal(token), token));
        } while (takeSign(","));
        Token end = take();
        if (!end.is("]")) {
            throw mistake(end, "expected ',' or ']', not " + end.noun());
        }
        return all;
    }

    private static Literal literal(Token token) {
        String written = token.text();
        return switch (token.kind()) {
            case TEXT -> new Literal(Operand.Type.TEXT, written, "'" + written + "'");
            case NUMBER ->
                written.indexOf('.') < 0
                        ? new Literal(Operand.Type.NUMBER, Long.valueOf(written), written)
                        : new Literal(Operand.Type.NUMBER, Double.valueOf(written), written);
            case WORD, SIGN, END -> new Literal(Operand.Type.FLAG, Boolean.valueOf(written), written);
        };
    }

    // ── tokens

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    private boolean take(String word) {
        boolean found = peek().isWord(word);
        next += found ? 1 : 0;
        return found;
    }

    private boolean takeSign(String sign) {
        boolean found = peek().is(sign);
        next += found ? 1 : 0;
        return found;
    }

    private String suggestion(Token token, Iterable<String> words) {
        List<String> known = new ArrayList<>();
        words.forEach(known::add);
        List<String> nearest = token.kind() == Kind.WORD ? Suggestions.nearest(token.text(), known) : List.of();
        return nearest.isEmpty() ? "" : "; " + Suggestions.question(nearest);
    }

    private ExpressionException mistake(Token token, String sentence) {
        return new ExpressionException(text, token.offset(), token.length(), sentence);
    }
}
