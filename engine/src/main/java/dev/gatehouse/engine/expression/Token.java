package dev.gatehouse.engine.expression;

/// One piece of an expression.
///
/// @param text as it was written; what stands between the quotes of a text
/// @param offset of its first character, a quote included
/// @param length in the expression, quotes included
record Token(Kind kind, String text, int offset, int length) {
    enum Kind {
        /// A name, a keyword, or `role:support`.
        WORD,
        TEXT,
        NUMBER,
        /// `==`, `(`, `,`, …
        SIGN,
        /// Behind the last one.
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /// Where the next character stands.
    int end() {
        return offset + length;
    }

    /// What people call it.
    String noun() {
        return switch (kind) {
            case END -> "the end";
            case TEXT -> "the text '" + text + "'";
            case WORD, NUMBER, SIGN -> "'" + text + "'";
        };
    }
}
