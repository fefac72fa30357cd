package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.ViewJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a resource answers. The server adds the fields that every answer has.
///
/// @param body empty when there are events
/// @param fields beside Content-Type and Content-Length
/// @param events what is sent in place of a body, for as long as somebody listens; null for an answer that ends
/// @param done what is different now, for the log: `key k_1 of acme made`; null when nothing is
record AdminAnswer(
        int status,
        String contentType,
        String body,
        Map<String, String> fields,
        @Nullable Events events,
        @Nullable String done) {
    static final String JSON = "application/json";
    static final String YAML = "application/yaml";
    static final String EVENT_STREAM = "text/event-stream";

    /// An answer without an end.
    interface Events extends AutoCloseable {
        /// Writes until the other side is gone, or the thread is interrupted.
        void writeTo(OutputStream out) throws IOException, InterruptedException;

        /// Called once in any case.
        @Override
        void close();
    }

    AdminAnswer {
        fields = Map.copyOf(fields);
    }

    AdminAnswer(int status, String contentType, String body, Map<String, String> fields) {
        this(status, contentType, body, fields, null, null);
    }

    /// 200 with one of the records of `view`.
    static AdminAnswer of(Record view) {
        return of(200, view);
    }

    static AdminAnswer of(int status, Record view) {
        return new AdminAnswer(status, JSON, ViewJson.MAPPER.writeValueAsString(view) + "\n", Map.of());
    }

    static AdminAnswer yaml(String text) {
        return new AdminAnswer(200, YAML, text, Map.of());
    }

    static AdminAnswer events(Events events) {
        return new AdminAnswer(200, EVENT_STREAM, "", Map.of(), events, null);
    }

    /// Of an operation that changed something. Who did it is added in the log.
    AdminAnswer done(String what) {
        return new AdminAnswer(status, contentType, body, fields, events, what);
    }

    AdminAnswer with(String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new AdminAnswer(status, contentType, body, more, events, done);
    }

    /// For what is the same as long as the configuration is: `ETag: "r18"`.
    AdminAnswer ofRevision(String revision) {
        return with("ETag", '"' + revision + '"');
    }
}
