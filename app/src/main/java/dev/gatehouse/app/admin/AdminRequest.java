package dev.gatehouse.app.admin;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a resource gets to see of a request that was let in.
///
/// @param names what stands in the path for `{service}` and the like
/// @param query the parameters, each once and known to the operation
/// @param body empty when the operation takes none
/// @param accepts the field Accept; empty when there is none
/// @param trusted the caller may see all there is here; only at health probes it may not
record AdminRequest(
        Map<String, String> names, Map<String, String> query, String body, String accepts, boolean trusted) {
    /// A name the path of the resource has; the router saw to it.
    String name(String key) {
        String value = names.get(key);
        if (value == null) {
            throw new IllegalStateException("no {" + key + "} in the path of this resource");
        }
        return value;
    }

    /// Whether the answer is to be events, for as long as the sender listens.
    boolean wantsEvents() {
        return accepts.toLowerCase(Locale.ROOT).contains(AdminAnswer.EVENT_STREAM);
    }

    @Nullable
    String parameter(String key) {
        return query.get(key);
    }
}
