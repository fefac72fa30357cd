package dev.gatehouse.engine.config.yaml;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/// Reads one file's YAML 1.2 into nodes. Works on the parser's events rather than its tree, so that depth is bounded
/// and what the format does without is refused where it stands, before it could grow.
public final class YamlReader {
    /// Sections within sections.
    public static final int DEEPEST = 64;

    private static final int MOST_CODE_POINTS = 64 << 20;
    private static final CoreScalarResolver CORE_SCHEMA = new CoreScalarResolver(false);

    private final SourceFile file;
    private final Diagnostics diagnostics;
    private final Iterator<Event> events;
    private int depth;

    private YamlReader(SourceFile file, Diagnostics diagnostics) {
        this.file = file;
        this.diagnostics = diagnostics;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.name())
                .setCodePointLimit(MOST_CODE_POINTS)
                .build();
        this.events = new Parse(settings).parseString(file.text()).iterator();
    }

    /// Ends the reading: the rest of the file cannot be trusted.
    private static final class Refused extends RuntimeException {
        private final transient Diagnostic.Builder diagnostic;

        Refused(Diagnostic.Builder diagnostic) {
            super(null, null, false, false);
            this.diagnostic = diagnostic;
        }
    }

    /// The content of the file, an empty map when there is none; null when it cannot be read, and then
    /// `diagnostics` says why. Duplicate keys are reported and the first is kept.
    public static @Nullable Node read(SourceFile file, Diagnostics diagnostics) {
        diagnostics.file(file);
        try {
            return new YamlReader(file, diagnostics).document();
        } catch (Refused refused) {
            diagnostics.add(refused.diagnostic);
        } catch (YamlEngineException e) {
            diagnostics.add(YamlMistake.explain(file, e));
        }
        return null;
    }

    private Node document() {
        events.next(); // stream start
        Event start = events.next();
        if (start.getEventId() == Event.ID.StreamEnd) {
            return new Node.Mapping(Span.at(file, 1, 1), List.of());
        }
        Node root = node(events.next());
        events.next(); // document end
        Event next = events.next();
        if (next.getEventId() != Event.ID.StreamEnd) {
            throw new Refused(Diagnostic.error(
                            Code.GH0105, span(next.getStartMark(), next.getEndMark()), "a second document begins here")
                    .help("one file holds one document: remove the '---', or move what follows to a file of its own"
                            + " and name it under 'include'"));
        }
        return root instanceof Node.Scalar scalar && scalar.isNothing()
                ? new Node.Mapping(Span.at(file, 1, 1), List.of())
                : root;
    }

    private Node node(Event event) {
        if (event instanceof NodeEvent node) {
            refuseAnchorsAndTags(node);
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        if (++depth > DEEPEST) {
            throw new Refused(Diagnostic.error(
                    Code.GH0106,
                    Span.at(file, line(event.getStartMark()), column(event.getStartMark())),
                    "sections stand more than " + DEEPEST + " deep within each other"));
        }
        Node collection =
                event instanceof MappingStartEvent mapping ? mapping(mapping) : sequence((CollectionStartEvent) event);
        depth--;
        return collection;
    }

    private Node.Scalar scalar(ScalarEvent event) {
        String text = event.getValue();
        Node.Kind kind = event.isPlain() ? kind(text) : Node.Kind.TEXT;
        return new Node.Scalar(span(event.getStartMark(), event.getEndMark()), text, kind, event.isPlain());
    }

    private static Node.Kind kind(String text) {
        Tag tag = CORE_SCHEMA.resolve(text, true);
        if (tag.equals(Tag.INT)) {
            return Node.Kind.WHOLE;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Node.Kind.DECIMAL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Node.Kind.FLAG;
        }
        return tag.equals(Tag.NULL) ? Node.Kind.NOTHING : Node.Kind.TEXT;
    }

    private Node sequence(CollectionStartEvent start) {
        List<Node> items = new ArrayList<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            items.add(node(event));
            event = events.next();
        }
        Span span = start.isFlow()
                ? span(start.getStartMark(), event.getEndMark())
                : Span.at(file, line(start.getStartMark()), column(start.getStartMark()));
        return new Node.Sequence(span, items);
    }

    private Node mapping(MappingStartEvent start) {
        List<Node.Entry> entries = new ArrayList<>();
        Map<String, Span> keys = new HashMap<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            Node.Scalar key = key(node(event));
            Node value = node(events.next());
            Span first = keys.putIfAbsent(key.text(), key.span());
            if (first == null) {
                entries.add(new Node.Entry(key, value));
            } else {
                diagnostics.add(
                        Diagnostic.error(Code.GH0104, key.span(), "the key '" + key.text() + "' is written twice")
                                .label("again")
                                .also(first, "first")
                                .help("keep one of the two"));
            }
            event = events.next();
        }
        Span span = start.isFlow() || entries.isEmpty()
                ? span(start.getStartMark(), event.getEndMark())
                : entries.getFirst().key().span();
        return new Node.Mapping(span, entries);
    }

    private Node.Scalar key(Node node) {
        if (!(node instanceof Node.Scalar key)) {
            throw new Refused(Diagnostic.error(Code.GH0103, node.span(), "a key has to be a word, not " + node.noun())
                    .label(node instanceof Node.Mapping ? "in YAML '{' starts a map" : "in YAML '[' starts a list")
                    .help("quote it, if it is meant to be text"));
        }
        if (key.plain() && key.text().equals("<<")) {
            throw new Refused(Diagnostic.error(Code.GH0105, key.span(), "merge keys are not part of this format")
                    .label("'<<' would copy keys from another place")
                    .help("use 'defaults', a group of routes, or 'extends' between named policies"));
        }
        return key;
    }

    private void refuseAnchorsAndTags(NodeEvent event) {
        Span span = Span.at(file, line(event.getStartMark()), column(event.getStartMark()));
        if (event instanceof AliasEvent alias) {
            throw new Refused(YamlMistake.alias(file, span, String.valueOf(alias.getAlias())));
        }
        if (event.getAnchor().isPresent()) {
            throw new Refused(YamlMistake.anchor(span));
        }
        Optional<String> tag =
                event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
        if (tag.isPresent()) {
            throw new Refused(YamlMistake.reserved(file, span, '!', tag.get()));
        }
    }

    private Span span(Optional<Mark> start, Optional<Mark> end) {
        return new Span(file, line(start), column(start), line(end), column(end));
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    private static int column(Optional<Mark> mark) {
        return mark.map(Mark::getColumn).orElse(0) + 1;
    }
}
