package dev.gatehouse.app.demo.identity;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who can log in at the demo. A password is the name.
public enum DemoUser {
    ALICE("u1", "Alice Martin", Set.of("customer")),
    SAM("u2", "Sam Okoro", Set.of("support")),
    ROOT("u3", "Noor Haddad", Set.of("admin"));

    private final String id;
    private final String fullName;
    private final Set<String> roles;

    DemoUser(String id, String fullName, Set<String> roles) {
        this.id = id;
        this.fullName = fullName;
        this.roles = roles;
    }

    /// As tokens and the user service call them.
    public String id() {
        return id;
    }

    String fullName() {
        return fullName;
    }

    public Set<String> roles() {
        return roles;
    }

    /// What is typed on the login page.
    String login() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// Null for somebody the demo does not know.
    public static @Nullable DemoUser withId(String id) {
        return Arrays.stream(values())
                .filter(user -> user.id.equals(id))
                .findFirst()
                .orElse(null);
    }

    static @Nullable DemoUser withLogin(String login) {
        return Arrays.stream(values())
                .filter(user -> user.login().equals(login))
                .findFirst()
                .orElse(null);
    }
}
