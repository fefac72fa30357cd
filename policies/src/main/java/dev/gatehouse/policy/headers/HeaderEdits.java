package dev.gatehouse.policy.headers;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.template.Facts;
import dev.gatehouse.api.template.Template;
import dev.gatehouse.api.template.TemplateProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The edits of one side, ready to be made. Everything that does not depend on the exchange is worked out once.
final class HeaderEdits {
    private static final Facts NO_FACTS = _ -> null;

    private final List<HeaderName> removed;
    private final List<Rename> renamed;
    private final List<Field> set;
    private final List<Field> added;

    private record Rename(HeaderName from, HeaderName to) {}

    /// @param constant the value when it is the same for every exchange, else null
    private record Field(
            HeaderName name, Template template, @Nullable String constant) {
        static Field of(String name, String value) {
            Template template = Template.parse(value);
            return new Field(HeaderName.of(name), template, template.isConstant() ? filled(template, NO_FACTS) : null);
        }

        /// May be empty.
        String value(Facts facts) {
            return constant == null ? filled(template, facts) : constant;
        }

        /// Control characters that came with the request are blanks then: they never end the field (RFC 9110 §5.5).
        private static String filled(Template template, Facts facts) {
            return template.fill(facts, Template.Use.HEADER).strip();
        }
    }

    private HeaderEdits(List<HeaderName> removed, List<Rename> renamed, List<Field> set, List<Field> added) {
        this.removed = removed;
        this.renamed = renamed;
        this.set = set;
        this.added = added;
    }

    /// @param side its key, for messages
    /// @param parameters of the route's path
    /// @throws IllegalArgumentException for a template that can never be filled
    static HeaderEdits of(String side, HeaderEditsConfig config, Set<String> parameters) {
        List<Rename> renamed = new ArrayList<>();
        config.rename().forEach((from, to) -> renamed.add(new Rename(HeaderName.of(from), HeaderName.of(to))));
        return new HeaderEdits(
                config.remove().stream().map(HeaderName::of).toList(),
                renamed,
                fields(side + ".set", config.set(), parameters),
                fields(side + ".add", config.add(), parameters));
    }

    private static List<Field> fields(String key, Map<String, String> values, Set<String> parameters) {
        List<Field> fields = new ArrayList<>();
        values.forEach((name, value) -> {
            Field field = Field.of(name, value);
            for (TemplateProblem problem : field.template().check(parameters)) {
                throw new IllegalArgumentException(key + "." + name + ": " + problem.message()
                        + (problem.known().isEmpty() ? "" : "; known here: " + String.join(", ", problem.known())));
            }
            fields.add(field);
        });
        return fields;
    }

    void make(Exchange exchange, Fields fields) {
        Facts facts = exchange.facts();
        for (HeaderName name : removed) {
            fields.remove(name);
        }
        for (Rename rename : renamed) {
            rename(rename, fields);
        }
        for (Field field : set) {
            String value = field.value(facts);
            if (value.isEmpty()) {
                // What the client sent under this name must not stand in for what is missing.
                fields.remove(field.name());
                noteMissing(exchange, field);
            } else {
                fields.set(field.name(), value);
            }
        }
        for (Field field : added) {
            String value = field.value(facts);
            if (value.isEmpty()) {
                noteMissing(exchange, field);
            } else {
                fields.add(field.name(), value);
            }
        }
        if (exchange.isRecorded()) {
            exchange.note(toString());
        }
    }

    private static void rename(Rename rename, Fields fields) {
        List<Text> found = fields.values(rename.from());
        if (found.isEmpty()) {
            return;
        }
        String[] values = new String[found.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = found.get(i).toString();
        }
        fields.remove(rename.from());
        fields.set(rename.to(), values[0]);
        for (int i = 1; i < values.length; i++) {
            fields.add(rename.to(), values[i]);
        }
    }

    private static void noteMissing(Exchange exchange, Field field) {
        if (exchange.isRecorded()) {
            exchange.note("no value for " + field.name());
        }
    }

    /// Which fields are changed; never their values, which may be secrets.
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        removed.forEach(name -> words.add("-" + name));
        renamed.forEach(one -> words.add(one.from() + "→" + one.to()));
        set.forEach(field -> words.add("=" + field.name()));
        added.forEach(field -> words.add("+" + field.name()));
        return String.join(" ", words);
    }
}
