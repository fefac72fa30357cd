package dev.gatehouse.http1;

/// Told of the fields of a message one after the other, in their order: for versions of HTTP that do not write them as
/// lines.
@FunctionalInterface
public interface FieldSink {
    /// @param name the array that holds the name in `[nameStart, nameEnd)`, letters as they were sent
    /// @param value the array that holds the value in `[valueStart, valueEnd)`; both are valid for the call only
    void field(byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd);
}
