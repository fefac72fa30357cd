package dev.gatehouse.engine.target;

import dev.gatehouse.api.template.Reference;
import dev.gatehouse.api.template.Template;
import dev.gatehouse.api.template.Template.Use;
import dev.gatehouse.api.template.TemplateException;
import dev.gatehouse.api.template.TemplatePart;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.ParsedRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path and perhaps a query that are put together for each request: `/v2/{id}/{rest}?lang={query.lang}`. Made when
/// the configuration is loaded; immutable, and shared by all loops.
///
/// In the path a path parameter and `{request.path}` stand as they came, in normal form: not decoded, so not encoded
/// again. Everything else is encoded.
public final class UrlTemplate {
    private static final Reference REQUEST_PATH = Reference.fact("request", "path");

    private sealed interface Piece {
        record Literal(String ascii) implements Piece {}

        record Value(Reference reference) implements Piece {}
    }

    private final List<Piece> path;
    private final @Nullable List<Piece> query;

    private UrlTemplate(List<Piece> path, @Nullable List<Piece> query) {
        this.path = List.copyOf(path);
        this.query = query == null ? null : List.copyOf(query);
    }

    /// @throws TemplateException when `text` is not a template, does not begin with `/`, or holds what a URL cannot
    public static UrlTemplate parse(String text) {
        if (!text.startsWith("/")) {
            throw new TemplateException(0, "a path begins with '/'");
        }
        List<Piece> path = new ArrayList<>();
        List<Piece> query = null;
        for (TemplatePart part : Template.parse(text).parts()) {
            List<Piece> pieces = query == null ? path : query;
            switch (part) {
                case TemplatePart.Place place -> pieces.add(new Piece.Value(place.reference()));
                case TemplatePart.Literal literal -> {
                    UrlText.check(literal.text(), text);
                    int question = query == null ? literal.text().indexOf('?') : -1;
                    if (question < 0) {
                        pieces.add(new Piece.Literal(literal.text()));
                    } else {
                        path.add(new Piece.Literal(literal.text().substring(0, question)));
                        query = new ArrayList<>();
                        query.add(new Piece.Literal(literal.text().substring(question + 1)));
                    }
                }
            }
        }
        UrlTemplate template = new UrlTemplate(path, query);
        template.refuseDotSegments();
        return template;
    }

    private void refuseDotSegments() {
        PathWriter sample = new PathWriter(new HeadWriter(256));
        for (Piece piece : path) {
            switch (piece) {
                case Piece.Literal literal -> {
                    UrlText.checkPath(literal.ascii());
                    sample.put(literal.ascii());
                }
                case Piece.Value ignored -> sample.put("x");
            }
        }
        if (!sample.end()) {
            throw new TemplateException(0, "a path cannot hold '.' or '..' segments; write where it leads");
        }
    }

    /// Whether it says what the query is, even if that is nothing: a `?` at the end.
    public boolean hasQuery() {
        return query != null;
    }

    /// Writes the path for this exchange.
    ///
    /// @return false when a value would make a `.` or `..` segment: what was written must not be used
    public boolean writePath(HeadWriter out, TargetClient client) {
        PathWriter to = new PathWriter(out);
        for (Piece piece : path) {
            switch (piece) {
                case Piece.Literal literal -> to.put(literal.ascii());
                case Piece.Value value -> put(to, value.reference(), client);
            }
        }
        return to.end();
    }

    private static void put(PathWriter to, Reference reference, TargetClient client) {
        ParsedRequest request = client.requestSlices();
        if (reference.isParameter()) {
            int from = client.parameters().from(reference.name());
            if (from >= 0) {
                to.put(request.bytes(), from, client.parameters().to(reference.name()));
            }
        } else if (reference.equals(REQUEST_PATH)) {
            to.put(request.bytes(), request.pathStart(), request.pathEnd());
        } else {
            CharSequence value = client.facts().value(reference);
            if (value != null) {
                StringBuilder encoded = new StringBuilder(value.length() + 16);
                Use.PATH.append(encoded, value);
                to.put(encoded);
            }
        }
    }

    /// Writes `?` and the query for this exchange; nothing when that is empty.
    public void writeQuery(HeadWriter out, TargetClient client) {
        if (query == null) {
            return;
        }
        int before = out.length();
        out.put('?');
        for (Piece piece : query) {
            switch (piece) {
                case Piece.Literal literal -> out.put(literal.ascii());
                case Piece.Value value -> {
                    CharSequence plain = client.facts().value(value.reference());
                    if (plain != null) {
                        StringBuilder encoded = new StringBuilder(plain.length() + 16);
                        Use.QUERY.append(encoded, plain);
                        out.put(encoded);
                    }
                }
            }
        }
        if (out.length() == before + 1) {
            out.truncate(before);
        }
    }
}
