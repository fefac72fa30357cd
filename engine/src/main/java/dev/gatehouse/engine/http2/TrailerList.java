package dev.gatehouse.engine.http2;

/// The header list behind a body (RFC 9113 §8.1): fields only.
final class TrailerList extends HeaderList {
    @Override
    void pseudo(byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd) {
        malformed();
    }

    @Override
    void beginFields() {}

    @Override
    void endFields(boolean end, boolean sized) {
        if (!end) {
            malformed();
        }
    }

    @Override
    boolean isInterim() {
        return false;
    }
}
