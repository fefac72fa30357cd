package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.ViewJson;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a resource answers. The server adds the fields that every answer has.
///
/// @param fields beside Content-Type and Content-Length
record AdminAnswer(int status, String contentType, String body, Map<String, String> fields) {
    static final String JSON = "application/json";
    static final String YAML = "application/yaml";

    AdminAnswer {
        fields = Map.copyOf(fields);
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

    AdminAnswer with(String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new AdminAnswer(status, contentType, body, more);
    }

    /// For what is the same as long as the configuration is: `ETag: "r18"`.
    AdminAnswer ofRevision(String revision) {
        return with("ETag", '"' + revision + '"');
    }
}
