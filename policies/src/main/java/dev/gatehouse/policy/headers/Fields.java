package dev.gatehouse.policy.headers;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import java.util.List;

/// The fields of a message, whichever way it goes.
interface Fields {
    /// All values of this field, in order; valid until something is changed.
    List<Text> values(HeaderName name);

    void remove(HeaderName name);

    /// Replaces every field of this name by one.
    void set(HeaderName name, String value);

    void add(HeaderName name, String value);
}
