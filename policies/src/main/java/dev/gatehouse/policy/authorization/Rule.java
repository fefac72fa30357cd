package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.PathPattern;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One rule about requests of all routes, ready to be asked. Immutable.
final class Rule {
    private final String name;
    private final String place;
    private final PathPattern path;
    private final Set<String> methods;
    private final List<String> roles;
    private final List<String> scopes;
    private final List<String> groups;
    private final List<String> consumers;
    private final @Nullable Requirement requirement;
    private final boolean deny;
    private final boolean asksWho;
    private final Decision refusal;

    /// @param name `authorization.policies[1]`
    /// @param place where it was written
    /// @param roles none where roles are switched off
    Rule(
            String name,
            String place,
            RuleConfig config,
            PathPattern path,
            Set<String> methods,
            List<String> roles,
            @Nullable Requirement requirement) {
        this.name = name;
        this.place = place;
        this.path = path;
        this.methods = methods;
        this.roles = roles;
        this.scopes = config.scopes();
        this.groups = config.groups();
        this.consumers = config.consumers();
        this.requirement = requirement;
        this.deny = config.deny();
        this.asksWho = !roles.isEmpty()
                || !scopes.isEmpty()
                || !groups.isEmpty()
                || !consumers.isEmpty()
                || (requirement != null && requirement.asksWho());
        this.refusal = Refusals.forbidden(sentence());
    }

    private String sentence() {
        if (deny) {
            return "This is not allowed.";
        }
        List<String> needs = new ArrayList<>();
        needs(needs, roles, "the role ", "one of the roles: ");
        needs(needs, scopes, "the scope ", "the scopes: ");
        needs(needs, groups, "the group ", "one of the groups: ");
        return needs.isEmpty()
                ? "You are signed in, but this is not allowed for you."
                : "You are signed in, but this needs " + String.join("; ", needs) + ".";
    }

    private static void needs(List<String> needs, List<String> names, String one, String several) {
        if (!names.isEmpty()) {
            needs.add((names.size() == 1 ? one : several) + String.join(", ", names));
        }
    }

    PathPattern path() {
        return path;
    }

    /// Whether it may be about requests of a route.
    ///
    /// @param routeMethods empty for all
    boolean mayMeet(PathPattern route, Set<String> routeMethods) {
        boolean method = methods.isEmpty() || routeMethods.isEmpty();
        for (String one : routeMethods) {
            method |= methods.contains(one) || (one.equals("GET") && methods.contains("HEAD"));
        }
        return method && path.mayMeet(route);
    }

    boolean isAboutPath(RequestHead request) {
        return path.matches(request);
    }

    boolean isAboutMethod(RequestHead request) {
        return methods.isEmpty() || methods.contains(request.method());
    }

    /// Judges a request it is about.
    ///
    /// @param identity null when nobody is known
    /// @return the refusal, or null
    @Nullable
    Decision judge(Exchange exchange, @Nullable Identity identity) {
        boolean met = meets(exchange, identity);
        if (met != deny) {
            return null;
        }
        exchange.rule(name, place);
        if (!deny && identity == null && asksWho) {
            return Refusals.unknown(exchange);
        }
        if (exchange.isRecorded()) {
            note(exchange, identity);
        }
        return refusal;
    }

    private boolean meets(Exchange exchange, @Nullable Identity identity) {
        if (!roles.isEmpty() && (identity == null || !hasAny(identity.roles(), roles))) {
            return false;
        }
        if (!scopes.isEmpty() && (identity == null || !identity.scopes().containsAll(scopes))) {
            return false;
        }
        Consumer consumer = identity == null ? null : identity.consumer();
        if (!groups.isEmpty() && (consumer == null || !hasAny(consumer.groups(), groups))) {
            return false;
        }
        if (!consumers.isEmpty() && (consumer == null || !consumers.contains(consumer.name()))) {
            return false;
        }
        return requirement == null || requirement.isMet(exchange);
    }

    private static boolean hasAny(Set<String> has, List<String> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            if (has.contains(wanted.get(i))) {
                return true;
            }
        }
        return false;
    }

    /// `needs role admin or support (you: customer)`
    private void note(Exchange exchange, @Nullable Identity identity) {
        if (deny) {
            exchange.note("denies " + path);
            return;
        }
        Consumer consumer = identity == null ? null : identity.consumer();
        if (identity != null && !roles.isEmpty() && !hasAny(identity.roles(), roles)) {
            exchange.note("needs role " + String.join(" or ", roles) + you(identity.roles()));
        } else if (identity != null && !identity.scopes().containsAll(scopes)) {
            exchange.note("needs scope " + String.join(" and ", scopes) + you(identity.scopes()));
        } else if (!groups.isEmpty() && (consumer == null || !hasAny(consumer.groups(), groups))) {
            exchange.note("needs group " + String.join(" or ", groups)
                    + you(consumer == null ? Set.of() : consumer.groups()));
        } else if (!consumers.isEmpty() && (consumer == null || !consumers.contains(consumer.name()))) {
            exchange.note("needs consumer " + String.join(" or ", consumers)
                    + you(consumer == null ? Set.of() : Set.of(consumer.name())));
        } else if (requirement != null) {
            requirement.note(exchange);
        }
    }

    private static String you(Set<String> have) {
        return " (you: " + (have.isEmpty() ? "none" : String.join(", ", have)) + ")";
    }

    @Override
    public String toString() {
        return name;
    }
}
