package dev.gatehouse.api.template;

/// A text is not a template. Thrown when configuration is loaded, never for a request.
public final class TemplateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /// @param offset where in the text, from 0
    /// @param sentence what is wrong and what to write instead, for the user
    public TemplateException(int offset, String sentence) {
        super(sentence);
        this.offset = offset;
    }

    public int offset() {
        return offset;
    }
}
