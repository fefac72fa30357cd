package dev.gatehouse.engine.telemetry.recent;

/// A filter that makes no sense.
public final class FilterMistake extends Exception {
    private static final long serialVersionUID = 1;

    private final int position;

    FilterMistake(int position, String sentence) {
        super(sentence);
        this.position = position;
    }

    /// Where it was noticed, in characters from 1.
    public int position() {
        return position;
    }
}
