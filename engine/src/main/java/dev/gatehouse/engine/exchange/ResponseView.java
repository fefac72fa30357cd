package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.ParsedResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer on its way up, as policies see it: the parsed head with the edits over it.
final class ResponseView implements Response {
    private final ParsedResponse head;
    private final FieldEdits edits;
    private final Body body;

    ResponseView(ParsedResponse head, FieldEdits edits, Body body) {
        this.head = head;
        this.edits = edits;
        this.body = body;
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public @Nullable Text header(HeaderName name) {
        int field = head.find(name.lowerCase(), name.hashCode(), 0);
        while (field >= 0 && head.dropped(field)) {
            field = head.find(name.lowerCase(), name.hashCode(), field + 1);
        }
        if (field >= 0) {
            return Text.view(head.bytes(), head.valueStart(field), head.valueEnd(field));
        }
        int added = edits.find(name.lowerCase());
        return added < 0 ? null : Text.view(edits.value(added), edits.valueStart(added), edits.valueEnd(added));
    }

    @Override
    public List<Text> headers(HeaderName name) {
        byte[] lowerCase = name.lowerCase();
        List<Text> values = new ArrayList<>(2);
        for (int i = head.find(lowerCase, name.hashCode(), 0);
                i >= 0;
                i = head.find(lowerCase, name.hashCode(), i + 1)) {
            if (!head.dropped(i)) {
                values.add(Text.view(head.bytes(), head.valueStart(i), head.valueEnd(i)));
            }
        }
        for (int i = edits.find(lowerCase, 0); i >= 0; i = edits.find(lowerCase, i + 1)) {
            values.add(Text.view(edits.value(i), edits.valueStart(i), edits.valueEnd(i)));
        }
        return values;
    }

    @Override
    public Response set(HeaderName name, String value) {
        FieldValues.checked(value);
        remove(name);
        return add(name, value);
    }

    @Override
    public Response add(HeaderName name, String value) {
        edits.add(FieldValues.editable(name).wire(), FieldValues.checked(value).getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    @Override
    public Response remove(HeaderName name) {
        edits.remove(FieldValues.editable(name).lowerCase(), name.hashCode());
        return this;
    }

    @Override
    public Body body() {
        return body;
    }
}
