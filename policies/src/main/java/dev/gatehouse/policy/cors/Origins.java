package dev.gatehouse.policy.cors;

import dev.gatehouse.api.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All origins that are allowed, ready to be asked. Immutable.
final class Origins {
    /// What browsers send for pages that have no origin they could name.
    static final Text NULL = Text.of("null");

    private final Map<Text, String> exact = new HashMap<>();
    private final List<AllowedOrigin> patterns = new ArrayList<>();
    private final boolean any;

    Origins(List<AllowedOrigin> origins) {
        boolean everybody = false;
        for (AllowedOrigin origin : origins) {
            String one = origin.exact();
            if (one != null) {
                exact.put(Text.of(one), one);
            } else if (origin.isAny()) {
                everybody = true;
            } else {
                patterns.add(origin);
            }
        }
        any = everybody;
    }

    /// Whether everybody may, so that the answer does not depend on who asks.
    boolean isAny() {
        return any;
    }

    /// What stands in `Access-Control-Allow-Origin`.
    ///
    /// @param origin the request's; null when it has none
    /// @return null for an origin that is not allowed
    @Nullable
    String allowed(@Nullable Text origin) {
        if (any) {
            return CorsConfig.ANY;
        }
        if (origin == null) {
            return null;
        }
        String known = exact.get(origin);
        if (known != null) {
            return known;
        }
        for (AllowedOrigin pattern : patterns) {
            if (pattern.matches(origin)) {
                return origin.toString();
            }
        }
        return null;
    }
}
