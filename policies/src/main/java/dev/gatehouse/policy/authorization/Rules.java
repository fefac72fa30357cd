package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.PathPattern;
import dev.gatehouse.api.expression.ExpressionException;
import dev.gatehouse.api.policy.FileContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All rules of a file, read once for all its routes. Immutable.
///
/// @param all in the order of the file
record Rules(List<Rule> all) {
    static final Rules NONE = new Rules(List.of());

    private static final String POLICIES = "security.authorization.policies[";

    /// @throws ExpressionException for a condition that makes no sense
    /// @throws IllegalArgumentException for a path that is none; begins with the setting
    static Rules of(AuthorizationConfig section, FileContext file) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < section.policies().size(); i++) {
            RuleConfig config = section.policies().get(i);
            boolean onlyRoles = config.scopes().isEmpty()
                    && config.groups().isEmpty()
                    && config.consumers().isEmpty()
                    && config.require() == null;
            boolean off = !section.rbacEnabled() && !config.roles().isEmpty();
            if (!off || !onlyRoles) {
                rules.add(rule(i, config, off ? List.of() : config.roles(), file));
            }
        }
        return new Rules(List.copyOf(rules));
    }

    private static Rule rule(int index, RuleConfig config, List<String> roles, FileContext file) {
        PathPattern path = path(index, config, file);
        String name =
                config.name() == null ? "authorization.policies[" + index + "]" : "authorization." + config.name();
        Set<String> methods = new LinkedHashSet<>(config.methods());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        Requirement requirement = requirement(index, config.require(), path, file);
        return new Rule(
                name, file.place(POLICIES + index + "]"), config, path, Set.copyOf(methods), roles, requirement);
    }

    private static PathPattern path(int index, RuleConfig config, FileContext file) {
        try {
            return file.pathPattern(config.path());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(POLICIES + index + "].path: " + e.getMessage(), e);
        }
    }

    private static @Nullable Requirement requirement(
            int index, @Nullable RequireConfig config, PathPattern path, FileContext file) {
        try {
            return config == null ? null : Requirement.of(config, text -> file.expression(text, path));
        } catch (ExpressionException e) {
            throw e.in(POLICIES + index + "].require");
        }
    }

    /// Those that may be about requests of a route, and so have to be asked there.
    Rule[] on(PathPattern route, Set<String> methods) {
        return all.stream().filter(rule -> rule.mayMeet(route, methods)).toArray(Rule[]::new);
    }
}
