package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.config.Word;

/// Which fields tell clients what is left.
public enum FieldStyle {
    ALL,
    @Word("x-ratelimit")
    X_RATELIMIT,
    IETF,
    NONE;

    boolean hasX() {
        return this == ALL || this == X_RATELIMIT;
    }

    boolean hasIetf() {
        return this == ALL || this == IETF;
    }
}
