package dev.gatehouse.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer the gateway made itself: a status, a few fields in the order they were set, a body in memory.
public final class MadeResponse implements Response {
    /// One field of the answer.
    public record Field(HeaderName name, String value) {}

    private final int status;
    private final Body body;
    private final List<Field> fields = new ArrayList<>(4);

    MadeResponse(int status, Body body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("not a final status: " + status);
        }
        this.status = status;
        this.body = body;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public @Nullable Text header(HeaderName name) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return Text.of(field.value());
            }
        }
        return null;
    }

    @Override
    public List<Text> headers(HeaderName name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(field -> Text.of(field.value()))
                .toList();
    }

    @Override
    public Response set(HeaderName name, String value) {
        remove(name);
        return add(name, value);
    }

    @Override
    public Response add(HeaderName name, String value) {
        fields.add(new Field(FieldValues.editable(name), FieldValues.checked(value)));
        return this;
    }

    @Override
    public Response remove(HeaderName name) {
        fields.removeIf(field -> field.name().equals(name));
        return this;
    }

    @Override
    public Body body() {
        return body;
    }

    public List<Field> fields() {
        return fields;
    }
}
