package dev.gatehouse.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer on its way to the client: a service's, or one the gateway made ([#of]). Its fields may be changed
/// until it is sent. Used on the exchange's event loop only.
public interface Response {
    int status();

    /// The first value of this field, or null.
    @Nullable
    Text header(HeaderName name);

    /// All values of this field, in order.
    List<Text> headers(HeaderName name);

    /// Replaces every field of this name by one.
    ///
    /// @throws IllegalArgumentException when `value` holds a control character
    Response set(HeaderName name, String value);

    /// Adds a field, whatever is there already.
    ///
    /// @throws IllegalArgumentException when `value` holds a control character
    Response add(HeaderName name, String value);

    /// Takes away every field of this name.
    Response remove(HeaderName name);

    Body body();

    /// An answer of the gateway's own. Length and connection fields are added when it is sent.
    static Response of(int status, Body body) {
        return new MadeResponse(status, body);
    }
}
