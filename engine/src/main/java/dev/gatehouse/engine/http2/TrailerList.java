package dev.gatehouse.engine.http2;

import dev.gatehouse.http1.KnownField;
import org.jspecify.annotations.Nullable;

/// The header list behind a body (RFC 9113 §8.1): fields only.
final class TrailerList extends HeaderList {
    @Override
    void pseudo(byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd) {
        malformed();
    }

    @Override
    void beginFields() {}

    @Override
    boolean takes(
            @Nullable KnownField known,
            byte[] name,
            int nameStart,
            int nameEnd,
            byte[] value,
            int valueStart,
            int valueEnd) {
        return true;
    }

    @Override
    void endFields(boolean end, boolean sized) {
        if (!end) {
            malformed();
        }
    }

    @Override
    int waiting() {
        return 0;
    }

    @Override
    boolean isInterim() {
        return false;
    }
}
