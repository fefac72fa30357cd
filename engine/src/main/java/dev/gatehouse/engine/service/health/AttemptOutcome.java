package dev.gatehouse.engine.service.health;

/// What one attempt at an instance says about it.
public enum AttemptOutcome {
    /// An answer with a status below 500.
    ANSWERED("answered"),
    /// An answer with a status of 500 or more.
    ERROR_STATUS("error"),
    /// No connection could be opened.
    CONNECT_FAILED("no connection"),
    /// No TLS was agreed on.
    TLS_FAILED("no TLS"),
    /// No answer began in time.
    TIMED_OUT("no answer in time"),
    /// The answer was not HTTP, or ended before it was whole.
    BROKEN_ANSWER("broken answer"),
    /// The attempt ended for a reason that is not the instance's: the client left, our own queue was full.
    NOTHING("nothing");

    private final String words;

    AttemptOutcome(String words) {
        this.words = words;
    }

    /// For people.
    String words() {
        return words;
    }

    /// Whether the attempt came to nothing because of the instance.
    boolean isFailure() {
        return this == CONNECT_FAILED || this == TLS_FAILED || this == TIMED_OUT || this == BROKEN_ANSWER;
    }

    /// Whether no request could be sent: being able to connect again is enough to be used again.
    boolean isUnreachable() {
        return this == CONNECT_FAILED || this == TLS_FAILED;
    }
}
