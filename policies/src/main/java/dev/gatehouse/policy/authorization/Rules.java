package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.PathPattern;
import dev.gatehouse.api.expression.ExpressionException;
import dev.gatehouse.api.policy.PolicyContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All rules of a file, read once for all its routes. Immutable.
///
/// @param section what they were made of
/// @param all in the order of the file
record Rules(AuthorizationConfig section, List<Rule> all) {
    private static final String POLICIES = "security.authorization.policies[";

    /// @throws ExpressionException for a condition that makes no sense
    /// @throws IllegalArgumentException for a path that is none; begins with the setting
    static Rules of(AuthorizationConfig section, PolicyContext context) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < section.policies().size(); i++) {
            RuleConfig config = section.policies().get(i);
            boolean onlyRoles = config.scopes().isEmpty()
                    && config.groups().isEmpty()
                    && config.consumers().isEmpty()
                    && config.require() == null;
            boolean off = !section.rbacEnabled() && !config.roles().isEmpty();
            if (!off || !onlyRoles) {
                rules.add(rule(i, config, off ? List.of() : config.roles(), context));
            }
        }
        return new Rules(section, List.copyOf(rules));
    }

    private static Rule rule(int index, RuleConfig config, List<String> roles, PolicyContext context) {
        PathPattern path = path(index, config, context);
        String name =
                config.name() == null ? "authorization.policies[" + index + "]" : "authorization." + config.name();
        Set<String> methods = new LinkedHashSet<>(config.methods());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        Requirement requirement = requirement(index, config.require(), path, context);
        return new Rule(
                name, context.place(POLICIES + index + "]"), config, path, Set.copyOf(methods), roles, requirement);
    }

    private static PathPattern path(int index, RuleConfig config, PolicyContext context) {
        try {
            return context.pathPattern(config.path());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(POLICIES + index + "].path: " + e.getMessage(), e);
        }
    }

    private static @Nullable Requirement requirement(
            int index, @Nullable RequireConfig config, PathPattern path, PolicyContext context) {
        try {
            return config == null ? null : Requirement.of(config, text -> context.expression(text, path));
        } catch (ExpressionException e) {
            throw e.in(POLICIES + index + "].require");
        }
    }

    /// Those that may be about requests of a route, and so have to be asked there.
    Rule[] on(PathPattern route, Set<String> methods) {
        return all.stream().filter(rule -> rule.mayMeet(route, methods)).toArray(Rule[]::new);
    }
}
