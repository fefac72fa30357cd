package dev.gatehouse.app.admin;

import dev.gatehouse.engine.config.AdminScope;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// Who asks the admin API, and what they may do.
///
/// @param name for the log and for refusals: no secret
/// @param scopes what they may do
record AdminCaller(String name, Set<AdminScope> scopes) {
    /// Whoever came by loopback where no token is asked for.
    static final AdminCaller THIS_MACHINE = ofEverything("this machine");

    /// Whoever has the one token that opens everything.
    static final AdminCaller THE_TOKEN = ofEverything("the admin token");

    AdminCaller {
        scopes = Set.copyOf(scopes);
    }

    private static AdminCaller ofEverything(String name) {
        return new AdminCaller(name, EnumSet.allOf(AdminScope.class));
    }

    /// @param any one of these is enough
    boolean has(Set<AdminScope> any) {
        return !Collections.disjoint(scopes, any);
    }
}
