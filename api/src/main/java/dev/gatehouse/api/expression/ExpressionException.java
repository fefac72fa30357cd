package dev.gatehouse.api.expression;

/// An expression that cannot be read, or makes no sense.
public final class ExpressionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final int length;

    /// @param offset in the expression, of what is wrong; 0 is the first character
    /// @param length of what is wrong, at least 1
    /// @param message a sentence for the user
    public ExpressionException(int offset, int length, String message) {
        super(message);
        this.offset = offset;
        this.length = length;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }
}
