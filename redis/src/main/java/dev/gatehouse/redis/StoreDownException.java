package dev.gatehouse.redis;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The store did not answer, or not as it should. Common while a server is away, so it costs no look at the stack.
final class StoreDownException extends IOException {
    private static final long serialVersionUID = 1L;

    /// @param message without keys, values and passwords
    StoreDownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
