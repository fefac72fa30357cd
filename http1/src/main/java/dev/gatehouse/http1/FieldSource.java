package dev.gatehouse.http1;

/// What has the fields of a message, for versions of HTTP that do not write them as lines.
@FunctionalInterface
public interface FieldSource {
    /// Tells `sink` of the fields in their order, those included that speak of the connection.
    void tell(FieldSink sink);
}
