package dev.gatehouse.engine.listener;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What belongs to a host that a client names in its TLS (SNI): by the exact name first, then by the longest wildcard
/// that has it: `*.example.com` is one or more labels in front of `.example.com`, as in the hosts of routes.
/// Immutable.
///
/// @param <T> what belongs to a name
final class SniNames<T> {
    private final Map<String, T> exact = new HashMap<>();

    /// By what follows the `*`: `.example.com`.
    private final Map<String, T> endings = new HashMap<>();

    /// @param names `id.example.com` and `*.example.com`, in any case
    SniNames(Map<String, T> names) {
        names.forEach((name, value) -> {
            String host = name.toLowerCase(Locale.ROOT);
            if (host.startsWith("*.")) {
                endings.put(host.substring(1), value);
            } else {
                exact.put(host, value);
            }
        });
    }

    boolean isEmpty() {
        return exact.isEmpty() && endings.isEmpty();
    }

    /// @param host in lower case
    /// @return null when it is nobody's
    @Nullable
    T find(String host) {
        T found = exact.get(host);
        for (int dot = host.indexOf('.', 1); found == null && dot >= 0; dot = host.indexOf('.', dot + 1)) {
            found = endings.get(host.substring(dot));
        }
        return found;
    }
}
