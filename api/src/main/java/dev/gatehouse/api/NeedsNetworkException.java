package dev.gatehouse.api;

import java.io.IOException;

/// Somebody was to be called for a request that nobody sent ([Mode#EXPLAIN]). A policy that lets it through is told in
/// the decision trace as `skip: needs network`.
public final class NeedsNetworkException extends IOException {
    private static final long serialVersionUID = 1L;

    public NeedsNetworkException() {
        super("needs network");
    }
}
