package dev.gatehouse.engine.target.proxy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as a service is sent it: rewritten, with the fields that policies and the gateway itself have set.
///
/// @param service what it is called in the configuration
/// @param target path and query
/// @param headers in order, Host among them
/// @param body octets, unframed
@SuppressWarnings("ArrayRecordComponent") // octets nobody changes
public record SentRequest(
        String service, String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {
    public SentRequest {
        headers = List.copyOf(headers);
    }

    /// The path without the query.
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /// The first value of this field, or null.
    public @Nullable String header(String name) {
        for (Map.Entry<String, String> field : headers) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return null;
    }
}
