package dev.gatehouse.api.config;

/// A value the user writes freely, as YAML, kept as JSON: the type of a [Setting] such as the body of a mock.
///
/// @param text compact JSON (RFC 8259)
public record JsonText(String text) {
    @Override
    public String toString() {
        return text;
    }
}
