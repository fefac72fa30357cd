package dev.gatehouse.engine.consumer;

/// Why something was not done with a key or a consumer; the message is a sentence for the operator.
public final class KeyRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public enum Reason {
        NO_SUCH_KEY,
        NO_SUCH_CONSUMER,
        NO_SUCH_PLAN,
        /// There is one of this name already.
        CONSUMER_EXISTS,
        /// It stands in the file, which nobody but its owner changes.
        IN_FILE,
        /// It is expired or revoked.
        LAPSED,
        /// What was asked for makes no sense.
        NONSENSE
    }

    KeyRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
