package dev.gatehouse.engine.exchange;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cookies as they stand in `Cookie` fields (RFC 6265 §4.2).
final class Cookies {
    private Cookies() {}

    /// The value of one field with all but the cookies of this name; empty when none is left; null when there was
    /// none of this name.
    ///
    /// @param fields values of `Cookie` fields
    static @Nullable String without(String name, List<String> fields) {
        List<String> left = new ArrayList<>();
        boolean found = false;
        for (String field : fields) {
            for (String pair : field.split(";", -1)) {
                String cookie = pair.strip();
                int equals = cookie.indexOf('=');
                boolean named =
                        equals >= 0 && cookie.substring(0, equals).strip().equals(name);
                found |= named;
                if (!named && !cookie.isEmpty()) {
                    left.add(cookie);
                }
            }
        }
        return found ? String.join("; ", left) : null;
    }
}
