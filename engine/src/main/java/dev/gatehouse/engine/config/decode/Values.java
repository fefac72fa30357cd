package dev.gatehouse.engine.config.decode;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.config.JsonText;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Json;
import dev.gatehouse.engine.config.source.Node;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Single values: units, bounds, words, lists, maps, records in their shorter forms.
final class Values {
    /// What [#read] returns for a value with a mistake, which was reported.
    static final Object FAILED = new Object();

    private final Decoder decoder;
    private final Diagnostics diagnostics;
    private final Placeholders placeholders;

    Values(Decoder decoder, Diagnostics diagnostics, Placeholders placeholders) {
        this.decoder = decoder;
        this.diagnostics = diagnostics;
        this.placeholders = placeholders;
    }

    Object read(Node node, Shape shape, Shape.Bounds bounds, NodePath path) {
        return switch (shape) {
            case Shape.ListOf(Shape entry) -> list(node, entry, bounds, path);
            case Shape.MapOf(Shape value) -> map(node, value, bounds, path);
            case Shape.Made made -> made(node, made, path);
            case Shape.Free _ -> free(node, path);
            case Shape.Whole _,
                    Shape.Size _,
                    Shape.Time _,
                    Shape.Flag _,
                    Shape.Text _,
                    Shape.Content _,
                    Shape.Choice _ ->
                node instanceof Node.Scalar scalar && !scalar.isNothing()
                        ? scalar(scalar, shape, bounds, path)
                        : Mistakes.kind(node, shape, path).report(diagnostics);
        };
    }

    String masked(String text) {
        return placeholders.mask(text);
    }

    private Object scalar(Node.Scalar scalar, Shape shape, Shape.Bounds bounds, NodePath path) {
        String text = placeholders.fill(scalar, path);
        if (text == null) {
            return FAILED;
        }
        if (shape instanceof Shape.Content) {
            FileContent content = placeholders.content(scalar, path, text);
            return content == null ? FAILED : content;
        }
        boolean filledIn = Placeholders.isIn(scalar.text());
        if (!scalar.plain() && !filledIn && (shape instanceof Shape.Whole || shape instanceof Shape.Flag)) {
            return Mistakes.quoted(scalar, shape, path).report(diagnostics);
        }
        Object value = switch (shape) {
            case Shape.Whole(boolean wide) -> Defaults.narrowed(Units.whole(text), wide);
            case Shape.Size(boolean wide) -> Defaults.narrowed(Units.size(text), wide);
            case Shape.Time _ -> Units.time(text);
            case Shape.Flag _ -> text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : null;
            case Shape.Choice choice -> Defaults.constant(choice, text);
            default -> text;
        };
        if (value == null) {
            return Mistakes.value(scalar, shape, path).report(diagnostics);
        }
        return within(value, shape, bounds)
                ? value
                : Mistakes.bounds(scalar, bounds, path).report(diagnostics);
    }

    private static boolean within(Object value, Shape shape, Shape.Bounds bounds) {
        Long number = switch (value) {
            case Integer whole -> whole.longValue();
            case Long whole -> whole;
            case Duration time -> time.toMillis();
            case List<?> list -> (long) list.size();
            case Map<?, ?> map -> (long) map.size();
            default -> null;
        };
        if (number == null) {
            return true;
        }
        Long min = bound(shape, bounds.min());
        Long max = bound(shape, bounds.max());
        return (min == null || number >= min) && (max == null || number <= max);
    }

    private static @Nullable Long bound(Shape shape, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (shape) {
            case Shape.Size _ -> Units.size(text);
            case Shape.Time _ -> {
                Duration time = Units.time(text);
                yield time == null ? null : time.toMillis();
            }
            default -> Units.whole(text);
        };
    }

    private Object list(Node node, Shape entry, Shape.Bounds bounds, NodePath path) {
        if (!(node instanceof Node.Sequence sequence)) {
            return Mistakes.kind(node, new Shape.ListOf(entry), path).report(diagnostics);
        }
        List<Object> items = new ArrayList<>();
        boolean good = true;
        for (int i = 0; i < sequence.items().size(); i++) {
            Object item = read(sequence.items().get(i), entry, Shape.Bounds.NONE, path.index(i));
            good &= item != FAILED;
            items.add(item);
        }
        if (good && !within(items, new Shape.ListOf(entry), bounds)) {
            return Mistakes.count(node, bounds, path).report(diagnostics);
        }
        return good ? List.copyOf(items) : FAILED;
    }

    private Object map(Node node, Shape value, Shape.Bounds bounds, NodePath path) {
        if (!(node instanceof Node.Mapping mapping)) {
            return Mistakes.kind(node, new Shape.MapOf(value), path).report(diagnostics);
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        boolean good = true;
        for (Node.Entry entry : mapping.entries()) {
            if (entry.name().startsWith("x-") && value instanceof Shape.Made) {
                continue;
            }
            NodePath inner = path.key(entry.name());
            Object one = read(
                    entry.value(),
                    value,
                    Shape.Bounds.NONE,
                    value instanceof Shape.Made
                            ? inner.called(singular(path.name()) + " '" + entry.name() + "'")
                            : inner);
            good &= one != FAILED;
            entries.put(entry.name(), one);
        }
        if (good && !within(entries, new Shape.MapOf(value), bounds)) {
            return Mistakes.count(node, bounds, path).report(diagnostics);
        }
        return good ? Collections.unmodifiableMap(entries) : FAILED;
    }

    /// `services` → `service`
    private static String singular(String name) {
        return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }

    private Object made(Node node, Shape.Made made, NodePath path) {
        if (node instanceof Node.Mapping mapping && made.section()) {
            return decoder.record(mapping, RecordShape.of(made.type()), path, List.of());
        }
        for (Shape.Form form : made.forms()) {
            boolean fits = switch (form.argument()) {
                case Shape.ListOf _ -> node instanceof Node.Sequence;
                case Shape.MapOf _ -> node instanceof Node.Mapping;
                case Shape.Whole _ -> node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.WHOLE;
                case Shape.Time _, Shape.Size _ ->
                    node instanceof Node.Scalar scalar
                            && !scalar.isNothing()
                            && (made.forms().size() == 1 || !isWord(scalar));
                default -> node instanceof Node.Scalar scalar && !scalar.isNothing();
            };
            if (fits) {
                Object argument = read(node, form.argument(), Shape.Bounds.NONE, path);
                return argument == FAILED ? FAILED : call(form.of(), argument, node, path);
            }
        }
        return Mistakes.kind(node, made, path).report(diagnostics);
    }

    /// Whether a word that may be a name as well is a value of this shape.
    boolean looksLike(Node.Scalar word, Shape shape) {
        return switch (shape) {
            case Shape.Text _, Shape.Content _ -> true;
            case Shape.Whole _ -> word.kind() == Node.Kind.WHOLE;
            case Shape.Time _, Shape.Size _ -> !isWord(word);
            case Shape.Choice choice -> Defaults.constant(choice, word.text()) != null;
            default -> false;
        };
    }

    private static boolean isWord(Node.Scalar scalar) {
        return !scalar.text().isEmpty() && Character.isLetter(scalar.text().charAt(0));
    }

    private Object call(Method of, Object argument, Node node, NodePath path) {
        try {
            return Invoke.call(of, argument);
        } catch (IllegalArgumentException e) {
            return decoder.refuse(node, e, path);
        }
    }

    private Object free(Node node, NodePath path) {
        Tree tree = tree(node, path);
        return tree == null ? FAILED : new JsonText(Json.compact(tree.value()));
    }

    /// A value as maps, lists, numbers, texts and null.
    private record Tree(@Nullable Object value) {}

    private @Nullable Tree tree(Node node, NodePath path) {
        switch (node) {
            case Node.Mapping mapping -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (Node.Entry entry : mapping.entries()) {
                    Tree value = tree(entry.value(), path.key(entry.name()));
                    if (value == null) {
                        return null;
                    }
                    map.put(entry.name(), value.value());
                }
                return new Tree(map);
            }
            case Node.Sequence sequence -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = 0; i < sequence.items().size(); i++) {
                    Tree value = tree(sequence.items().get(i), path.index(i));
                    if (value == null) {
                        return null;
                    }
                    list.add(value.value());
                }
                return new Tree(list);
            }
            case Node.Scalar scalar -> {
                String text = placeholders.fill(scalar, path);
                return text == null ? null : new Tree(Placeholders.isIn(scalar.text()) ? text : json(scalar));
            }
        }
    }

    private static @Nullable Object json(Node.Scalar scalar) {
        String text = scalar.text();
        return switch (scalar.kind()) {
            case NOTHING -> null;
            case FLAG -> text.equalsIgnoreCase("true");
            case WHOLE, DECIMAL -> number(text);
            case TEXT -> text;
        };
    }

    /// What JSON cannot write as a number, such as `.inf` or `0o17`, stays text.
    private static Object number(String text) {
        return text.matches("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?") ? new java.math.BigDecimal(text) : text;
    }
}
