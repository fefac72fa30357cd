package dev.gatehouse.api;

/// One request and its answer, from the first octet to the summary. Lives on one event loop; nothing here may be
/// touched from another thread or kept after [Policy#onEnd].
public interface Exchange {
    /// What the client asked for, untouched by the edits below.
    RequestHead request();

    /// The id under which this exchange is found again in logs: a trusted client's, or one made here.
    String requestId();

    /// Replaces every field of this name in what is sent to the service.
    ///
    /// @throws IllegalArgumentException when `value` holds a control character
    void setRequestHeader(HeaderName name, String value);

    /// Adds a field to what is sent to the service.
    ///
    /// @throws IllegalArgumentException when `value` holds a control character
    void addRequestHeader(HeaderName name, String value);

    /// Takes every field of this name from what is sent to the service.
    void removeRequestHeader(HeaderName name);
}
