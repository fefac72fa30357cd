package dev.gatehouse.api.expression;

/// An expression that cannot be read, or makes no sense.
public final class ExpressionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String expression;
    private final int offset;
    private final int length;

    /// @param expression as it was written: it is found by that in the file
    /// @param offset in the expression, of what is wrong; 0 is the first character
    /// @param length of what is wrong, at least 1
    /// @param message a sentence for the user
    public ExpressionException(String expression, int offset, int length, String message) {
        super(message);
        this.expression = expression;
        this.offset = offset;
        this.length = length;
    }

    public String expression() {
        return expression;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }
}
