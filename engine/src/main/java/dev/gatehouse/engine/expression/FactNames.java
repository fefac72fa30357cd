package dev.gatehouse.engine.expression;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.expression.ExpressionException;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.identity.Plan;
import dev.gatehouse.api.template.Reference;
import dev.gatehouse.api.template.Template;
import dev.gatehouse.api.template.TemplateException;
import dev.gatehouse.api.template.TemplateProblem;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.expression.Operand.Fact;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The facts an expression may ask for, by name.
final class FactNames {
    private static final List<String> GROUPS =
            List.of("client", "consumer", "cookie", "header", "jwt", "path", "query", "request", "user");

    private record Known(Operand.Type type, Function<Identity, @Nullable Object> reader) {}

    private static final Map<String, Known> CONSUMER = Map.of(
            "id", new Known(Operand.Type.TEXT, of(Consumer::name)),
            "credential", new Known(Operand.Type.TEXT, Identity::credential),
            "plan", new Known(Operand.Type.TEXT, of(FactNames::plan)),
            "groups", new Known(Operand.Type.LIST, of(Consumer::groups)),
            "roles", new Known(Operand.Type.LIST, of(Consumer::roles)));

    private static final Map<String, Known> USER = Map.of(
            "id", new Known(Operand.Type.TEXT, Identity::subject),
            "roles", new Known(Operand.Type.LIST, Identity::roles),
            "scopes", new Known(Operand.Type.LIST, Identity::scopes));

    private final String expression;
    private final PathValues path;

    FactNames(String expression, PathValues path) {
        this.expression = expression;
        this.path = path;
    }

    Fact named(Token name) {
        String written = name.text();
        int dot = written.indexOf('.');
        String group = dot < 0 ? written : written.substring(0, dot);
        String key = dot < 0 ? "" : written.substring(dot + 1);
        if (key.isEmpty()) {
            throw unknown(name, group);
        }
        return switch (group) {
            case "jwt" -> new Fact(Operand.Type.ANY, written, false, claim(key));
            case "consumer" -> identified(name, key, CONSUMER);
            case "user" -> identified(name, key, USER);
            case "path" -> parameter(name, key);
            case "header", "query", "cookie" -> request(name, group, key, Operand.Type.TEXT, true);
            case "client" -> fixed(name, key.equals("ip") ? Operand.Type.ADDRESS : Operand.Type.TEXT);
            case "request" -> fixed(name, Operand.Type.TEXT);
            default -> throw unknown(name, group);
        };
    }

    private Fact identified(Token name, String key, Map<String, Known> all) {
        Known known = all.get(key);
        if (known == null) {
            String group = name.text().substring(0, name.text().indexOf('.') + 1);
            throw mistake(name, "there is no '" + name.text() + "'", prefixed(group, all.keySet()));
        }
        return new Fact(known.type, name.text(), false, exchange -> {
            Identity identity = exchange.get(Identity.OF_EXCHANGE);
            return identity == null ? null : known.reader.apply(identity);
        });
    }

    private Fact parameter(Token name, String key) {
        if (!path.names().contains(key)) {
            throw mistake(name, "the path has no parameter {" + key + "}", prefixed("path.", path.names()));
        }
        return new Fact(Operand.Type.TEXT, name.text(), false, exchange -> path.value(exchange, key));
    }

    /// What templates know too; they say what there is.
    private Fact fixed(Token name, Operand.Type type) {
        for (TemplateProblem problem : template(name).check(Set.of())) {
            throw mistake(name, "there is no '" + name.text() + "'", problem.known());
        }
        int dot = name.text().indexOf('.');
        return request(name, name.text().substring(0, dot), name.text().substring(dot + 1), type, false);
    }

    private Template template(Token name) {
        try {
            return Template.parse("{" + name.text() + "}");
        } catch (TemplateException e) {
            throw mistake(name, "there is no '" + name.text() + "'", List.of());
        }
    }

    private static Fact request(Token name, String group, String key, Operand.Type type, boolean isSecret) {
        Reference reference = Reference.fact(group, key);
        return new Fact(
                type, name.text(), isSecret, exchange -> exchange.facts().value(reference));
    }

    /// `sub` is the subject of whoever it is: an identity without a token has one too.
    private static Function<Exchange, @Nullable Object> claim(String key) {
        boolean isSubject = key.equals("sub");
        return exchange -> {
            Identity identity = exchange.get(Identity.OF_EXCHANGE);
            if (identity == null) {
                return null;
            }
            Object claim = identity.claim(key);
            return claim == null && isSubject ? identity.subject() : claim;
        };
    }

    private static Function<Identity, @Nullable Object> of(Function<Consumer, @Nullable Object> reader) {
        return identity -> {
            Consumer consumer = identity.consumer();
            return consumer == null ? null : reader.apply(consumer);
        };
    }

    private static @Nullable Object plan(Consumer consumer) {
        Plan plan = consumer.plan();
        return plan == null ? null : plan.name();
    }

    // ── mistakes

    private ExpressionException unknown(Token name, String group) {
        if (path.names().contains(name.text())) {
            return mistake(
                    name, "'" + name.text() + "' is a parameter of the path: write path." + name.text(), Set.of());
        }
        if (GROUPS.contains(group)) {
            return mistake(name, "'" + name.text() + "' needs a name behind a dot, such as " + group + ".x", Set.of());
        }
        int dot = name.text().indexOf('.');
        String rest = dot < 0 ? "" : name.text().substring(dot);
        Set<String> known = new TreeSet<>();
        GROUPS.forEach(each -> known.add(each + rest));
        String help = dot < 0
                ? "; a text has quotes, a role is written role:" + name.text()
                : "; a fact begins with one of " + String.join(", ", GROUPS);
        return mistake(name, "'" + name.text() + "' is not known" + help, dot < 0 ? Set.of() : known);
    }

    private ExpressionException mistake(Token name, String sentence, Collection<String> known) {
        List<String> nearest = Suggestions.nearest(name.text(), known);
        String more = !nearest.isEmpty()
                ? "; " + Suggestions.question(nearest)
                : known.isEmpty() || known.size() > 12 ? "" : "; known here: " + String.join(", ", known);
        return new ExpressionException(expression, name.offset(), name.length(), sentence + more);
    }

    private static Set<String> prefixed(String prefix, Collection<String> names) {
        Set<String> all = new TreeSet<>();
        names.forEach(name -> all.add(prefix + name));
        return all;
    }
}
