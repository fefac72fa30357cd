package dev.gatehouse.http1;

/// Hears of the fields of a message, one after the other. The arrays are valid for the call only.
@FunctionalInterface
public interface FieldSink {
    /// One field: its name is `[nameStart, nameEnd)` of `name`, its value `[valueStart, valueEnd)` of `value`.
    void field(byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd);
}
