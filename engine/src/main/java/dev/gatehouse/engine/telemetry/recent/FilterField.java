package dev.gatehouse.engine.telemetry.recent;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a filter may ask about a request.
enum FilterField {
    METHOD(Kind.TEXT, RecentRequest::method),
    PATH(Kind.TEXT, RecentRequest::path),
    STATUS(Kind.NUMBER, request -> (long) request.status()),
    ROUTE(Kind.TEXT, RecentRequest::route),
    SERVICE(Kind.TEXT, RecentRequest::service),
    CONSUMER(Kind.TEXT, RecentRequest::consumer),
    CODE(Kind.TEXT, RecentRequest::code),
    CLIENT(Kind.TEXT, RecentRequest::client),
    ID(Kind.TEXT, RecentRequest::id),
    DURATION(Kind.TIME, RecentRequest::durationNanos);

    enum Kind {
        TEXT,
        NUMBER,
        /// In nanoseconds.
        TIME
    }

    private final Kind kind;
    private final Function<RecentRequest, @Nullable Object> value;

    FilterField(Kind kind, Function<RecentRequest, @Nullable Object> value) {
        this.kind = kind;
        this.value = value;
    }

    Kind kind() {
        return kind;
    }

    /// A String, or a Long for numbers and times; null when the request has none.
    @Nullable
    Object of(RecentRequest request) {
        return value.apply(request);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(FilterField::word).toList();
    }

    static @Nullable FilterField named(String word) {
        for (FilterField field : values()) {
            if (field.word().equals(word)) {
                return field;
            }
        }
        return null;
    }
}
