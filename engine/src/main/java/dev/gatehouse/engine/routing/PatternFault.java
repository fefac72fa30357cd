package dev.gatehouse.engine.routing;

/// What is wrong with a pattern, and where in it. Caught by the builder of the table, which makes a [RouteProblem] of
/// it; never leaves this package.
final class PatternFault extends Exception {
    private static final long serialVersionUID = 1L;

    /// The index of the first character that is wrong.
    final int position;

    PatternFault(int position, String sentence) {
        super(sentence, null, false, false);
        this.position = position;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
