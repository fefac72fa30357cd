package dev.gatehouse.policy.auth;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.HashSet;
import java.util.List;

/// What the user writes in the slot `auth`.
@Settings(
        name = "auth",
        value = "Who may use the route: entries of security.authentication, the first credential present decides.")
public record AuthConfig(
        @Setting("Entries of which one is enough; none, only last, lets everybody else pass too.")
        List<String> any,

        @Setting("Entries that all have to be met; not together with any.")
        List<String> all) {
    static final String NONE = "none";

    public AuthConfig {
        any = List.copyOf(any);
        all = List.copyOf(all);
        if (any.isEmpty() == all.isEmpty()) {
            throw new IllegalArgumentException(
                    any.isEmpty()
                            ? "names nobody to ask (expected: an entry of security.authentication, or none)"
                            : "all: cannot stand beside 'any'");
        }
        List<String> named = any.isEmpty() ? all : any;
        if (new HashSet<>(named).size() < named.size()) {
            throw new IllegalArgumentException("names an entry twice");
        }
        if (all.contains(NONE)) {
            throw new IllegalArgumentException(
                    "all: 'none' asks nobody, so it cannot be one of several that all have" + " to be met");
        }
        int none = any.indexOf(NONE);
        if (none >= 0 && none < any.size() - 1) {
            throw new IllegalArgumentException("'none' stands last: whatever comes behind it would never be asked");
        }
    }

    public static AuthConfig of(String entry) {
        return new AuthConfig(List.of(entry), List.of());
    }

    public static AuthConfig of(List<String> entries) {
        return new AuthConfig(entries, List.of());
    }
}
