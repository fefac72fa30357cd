package dev.gatehouse.engine.routing;

import dev.gatehouse.api.HeaderName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first value of a header, query parameter or cookie is as wanted.
final class FieldCondition implements Condition {
    enum Kind {
        HEADER,
        QUERY,
        COOKIE;

        String word() {
            return switch (this) {
                case HEADER -> "header";
                case QUERY -> "query parameter";
                case COOKIE -> "cookie";
            };
        }
    }

    private static final HeaderName COOKIE = HeaderName.of("Cookie");
    private static final ValuePattern PRESENT = new ValuePattern.Present();

    private final Kind kind;
    private final String name;

    /// The name as it stands in a request, for a query parameter decoded.
    final byte[] octets;

    /// Where to look: the header itself, or `Cookie`.
    final HeaderName header;

    final ValuePattern pattern;
    final ValuePattern.Test test;
    private final String wanted;

    private FieldCondition(Kind kind, String name, ValuePattern pattern, String wanted) {
        this.kind = kind;
        this.name = name;
        this.octets = name.getBytes(StandardCharsets.UTF_8);
        this.header = kind == Kind.HEADER ? HeaderName.of(name) : COOKIE;
        this.pattern = pattern;
        this.test = pattern.test();
        this.wanted = wanted;
    }

    /// @param wanted a [ValuePattern] as it is written
    /// @throws IllegalArgumentException with a sentence when a header cannot have this name
    static FieldCondition of(Kind kind, String name, String wanted) throws PatternFault {
        return new FieldCondition(kind, name, ValuePattern.parse(wanted), wanted);
    }

    @Override
    public boolean holds(RouteRequest request) {
        return switch (kind) {
            case HEADER -> {
                int field = request.find(header, 0);
                yield field < 0
                        ? pattern instanceof ValuePattern.Absent
                        : test.passes(request.octets(), request.valueStart(field), request.valueEnd(field));
            }
            case QUERY -> Pairs.query(request, this);
            case COOKIE -> Pairs.cookie(request, this);
        };
    }

    @Override
    public Miss miss(RouteRequest request) {
        Miss.Part part = Miss.Part.valueOf(kind.name());
        String what = kind.word() + " " + name;
        if (pattern instanceof ValuePattern.Absent) {
            return new Miss(part, what + " is there, and may not be");
        }
        boolean there = new FieldCondition(kind, name, PRESENT, "*").holds(request);
        return new Miss(part, there ? what + " is not '" + wanted + "'" : what + " is missing");
    }

    @Override
    public Object key() {
        return List.of(kind, kind == Kind.HEADER ? header : name);
    }

    @Override
    public boolean covers(Condition narrower) {
        return narrower instanceof FieldCondition field && pattern.covers(field.pattern);
    }

    @Override
    public @Nullable SampleRequest meet(Condition other, SampleRequest request) {
        ValuePattern theirs = ((FieldCondition) other).pattern;
        if (pattern instanceof ValuePattern.Absent && theirs instanceof ValuePattern.Absent) {
            return request;
        }
        String value = pattern.common(theirs);
        if (value == null) {
            return null;
        }
        return switch (kind) {
            case HEADER -> request.withHeader(name, value);
            case QUERY -> request.withQuery(name, value);
            case COOKIE -> request.withCookie(name, value);
        };
    }
}
