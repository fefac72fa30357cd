package dev.gatehouse.api.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A text with places that are filled from a request: `/v2/{id}?lang={query.lang}`. Parsed once, when the
/// configuration is loaded; immutable, and shared by all threads.
///
/// What is inserted is encoded for where it goes and never looked at again: a brace in a header stays a brace.
public final class Template {
    private static final Set<String> CLIENT = Set.of(
            "ip",
            "certificate.subject",
            "certificate.issuer",
            "certificate.serial",
            "certificate.fingerprint",
            "tls.protocol",
            "tls.server_name");
    private static final Set<String> CONSUMER = Set.of("id", "plan", "groups", "credential");
    private static final Set<String> REQUEST = Set.of("id", "method", "path", "host", "scheme");

    /// Where the text goes, and so how the values in it are encoded.
    public enum Use {
        /// One segment of a path: a `/` in the value is escaped.
        PATH(Encoding::segment),
        /// Several segments of a path: the value may hold `/`.
        PATH_REST(Encoding::path),
        /// A name or a value of a query.
        QUERY(Encoding::query),
        /// A field value: control characters become spaces.
        HEADER(Encoding::header),
        /// Between the quotes of a JSON string.
        JSON(Encoding::json),
        /// Text or a quoted attribute of HTML or XML.
        MARKUP(Encoding::markup),
        /// As it is: plain text, keys, log lines.
        PLAIN(StringBuilder::append);

        private final BiConsumer<StringBuilder, CharSequence> encoding;

        Use(BiConsumer<StringBuilder, CharSequence> encoding) {
            this.encoding = encoding;
        }

        /// Appends `value`, encoded for this use.
        public void append(StringBuilder out, CharSequence value) {
            encoding.accept(out, value);
        }
    }

    private final String source;
    private final List<TemplatePart> parts;

    private Template(String source, List<TemplatePart> parts) {
        this.source = source;
        this.parts = List.copyOf(parts);
    }

    /// @throws TemplateException when `source` does not follow the grammar
    public static Template parse(String source) {
        return new Template(source, new TemplateReader(source).read());
    }

    /// JSON whose texts are templates: a brace between quotes begins a name, every other one is the JSON's own. To
    /// be filled for [Use#JSON].
    ///
    /// @param json well-formed (RFC 8259)
    /// @throws TemplateException when a text in it does not follow the grammar
    public static Template parseJson(String json) {
        StringBuilder source = new StringBuilder(json.length() + 16);
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            source.append(c);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '\\' && i + 1 < json.length()) {
                source.append(json.charAt(++i));
            } else if (!quoted && (c == '{' || c == '}')) {
                source.append(c);
            }
        }
        return parse(source.toString());
    }

    /// Its pieces in order, for those who write them out themselves.
    public List<TemplatePart> parts() {
        return parts;
    }

    /// Whether it is the same text for every request.
    public boolean isConstant() {
        for (TemplatePart part : parts) {
            if (part instanceof TemplatePart.Place) {
                return false;
            }
        }
        return true;
    }

    /// As [#check(Set, Set)], with the facts every exchange has.
    public List<TemplateProblem> check(Set<String> knownParameters) {
        return check(knownParameters, Set.of());
    }

    /// The places that can never be filled: parameters the route's path does not have, facts nobody knows.
    ///
    /// @param knownParameters the parameters of the route's path; `rest` is one when the path ends in `**`
    /// @param moreGroups groups of facts beyond [Reference#GROUPS], such as `user`
    public List<TemplateProblem> check(Set<String> knownParameters, Set<String> moreGroups) {
        List<TemplateProblem> problems = new ArrayList<>();
        for (TemplatePart part : parts) {
            if (part instanceof TemplatePart.Place place) {
                TemplateProblem problem = problem(place, knownParameters, moreGroups);
                if (problem != null) {
                    problems.add(problem);
                }
            }
        }
        return problems;
    }

    private static @Nullable TemplateProblem problem(
            TemplatePart.Place place, Set<String> parameters, Set<String> moreGroups) {
        Reference reference = place.reference();
        if (reference.isParameter()) {
            return parameters.contains(reference.name())
                    ? null
                    : problem(place, "the path has no parameter {" + reference + "}", "", parameters);
        }
        return switch (reference.group()) {
            case "query", "header", "cookie", "jwt" -> null;
            case "client" -> fixed(place, CLIENT);
            case "request" -> fixed(place, REQUEST);
            case "consumer" -> fixed(place, CONSUMER);
            default -> {
                if (moreGroups.contains(reference.group())) {
                    yield null;
                }
                Set<String> groups = new TreeSet<>(moreGroups);
                groups.addAll(Reference.GROUPS);
                Set<String> known = new TreeSet<>();
                groups.forEach(group -> known.add(group + "." + reference.name()));
                yield problem(
                        place,
                        "{" + reference + "} is not known; a dotted name begins with one of "
                                + String.join(", ", groups),
                        "",
                        known);
            }
        };
    }

    private static @Nullable TemplateProblem fixed(TemplatePart.Place place, Set<String> names) {
        Reference reference = place.reference();
        if (names.contains(reference.name())) {
            return null;
        }
        return problem(place, "there is no {" + reference + "}", reference.group() + ".", names);
    }

    private static TemplateProblem problem(TemplatePart.Place place, String message, String prefix, Set<String> names) {
        String name = place.reference().toString();
        List<String> known = names.stream().sorted().map(each -> prefix + each).toList();
        return new TemplateProblem(place.offset(), name.length(), name, message, known);
    }

    /// The text for one request. A value that is missing is empty.
    public String fill(Facts facts, Use use) {
        StringBuilder out = new StringBuilder(source.length() + 32);
        for (TemplatePart part : parts) {
            switch (part) {
                case TemplatePart.Literal literal -> {
                    if (use == Use.HEADER) {
                        // The user may write any letters; a field carries octets.
                        use.append(out, literal.text());
                    } else {
                        out.append(literal.text());
                    }
                }
                case TemplatePart.Place place -> {
                    CharSequence value = facts.value(place.reference());
                    if (value != null) {
                        use.append(out, value);
                    }
                }
            }
        }
        return out.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Template that && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    /// As it was written.
    @Override
    public String toString() {
        return source;
    }
}
