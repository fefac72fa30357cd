package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One rule of `security.authorization.policies`.
@Settings(
        name = "security.authorization.rule",
        value = "What requests for a path need, whichever route they take. All keys that stand in it have to be met.")
public record RuleConfig(
        @Setting("What it is called in answers of explain and in tests, instead of by its place in the list.") @Nullable
        String name,

        @Setting(value = "Requests it is about, as routes write paths; before any rewrite.", byDefault = "/**")
        String path,

        @Setting("Methods it is about; empty for all. GET is HEAD too.")
        List<String> methods,

        @Setting("Roles of which one is needed.") List<String> roles,

        @Setting("Scopes that are all needed.") List<String> scopes,

        @Setting("Groups of consumers of which one is needed.")
        List<String> groups,

        @Setting("Consumers that may, and nobody else.") List<String> consumers,

        @Setting("A condition that has to hold, or any or all of several. path.x is a parameter of this rule's path.")
        @Nullable
        RequireConfig require,

        @Setting(
                value = "Turns it round: who meets all that stands here is refused; everybody, when nothing else does.",
                byDefault = "false")
        boolean deny) {
    public RuleConfig {
        methods = List.copyOf(methods);
        roles = List.copyOf(roles);
        scopes = List.copyOf(scopes);
        groups = List.copyOf(groups);
        consumers = List.copyOf(consumers);
        for (String method : methods) {
            if (!method.equals(method.toUpperCase(Locale.ROOT)) || method.equals("*") || method.isBlank()) {
                throw new IllegalArgumentException(
                        "methods: '" + method + "' (expected: capitals, such as GET; leave" + " methods out for all)");
            }
        }
        boolean asksNothing =
                roles.isEmpty() && scopes.isEmpty() && groups.isEmpty() && consumers.isEmpty() && require == null;
        if (asksNothing && !deny) {
            throw new IllegalArgumentException(
                    "asks for nothing (expected: roles, scopes, groups, consumers, require, or deny: true)");
        }
        if (name != null && name.isBlank()) {
            throw new IllegalArgumentException("name: is empty");
        }
    }
}
