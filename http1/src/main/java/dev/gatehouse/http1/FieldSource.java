package dev.gatehouse.http1;

/// What has the fields of a message, for versions of HTTP that do not write them as lines.
public interface FieldSource {
    /// Tells `sink` of the fields in their order: all but those that end at each hop. `TE`, which has a meaning in every
    /// version, is told of when it was added here.
    void tell(FieldSink sink);
}
