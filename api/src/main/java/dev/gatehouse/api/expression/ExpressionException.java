package dev.gatehouse.api.expression;

/// An expression that cannot be read, or makes no sense.
public final class ExpressionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String expression;
    private final String setting;
    private final int offset;
    private final int length;

    /// @param expression as it was written: in the setting it stands in, it is found by that
    /// @param offset in the expression, of what is wrong; 0 is the first character
    /// @param length of what is wrong, at least 1
    /// @param message a sentence for the user
    public ExpressionException(String expression, int offset, int length, String message) {
        this(expression, "", offset, length, message);
    }

    private ExpressionException(String expression, String setting, int offset, int length, String message) {
        super(message);
        this.expression = expression;
        this.setting = setting;
        this.offset = offset;
        this.length = length;
    }

    public String expression() {
        return expression;
    }

    /// The same mistake, in a setting of the whole file: others may hold the same words, and make sense.
    ///
    /// @param path of the setting: `security.authorization.policies[1].require`
    public ExpressionException in(String path) {
        ExpressionException placed =
                new ExpressionException(expression, path, offset, length, String.valueOf(getMessage()));
        placed.initCause(this);
        return placed;
    }

    /// The path of the setting it stands in; empty for one of the policy's own.
    public String setting() {
        return setting;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }
}
