package dev.gatehouse.engine.config;

import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.config.JsonText;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An answer the gateway gives by itself: a fixed page, a refusal, a stand-in for a service that is not there yet.
@Settings(name = "route.respond", value = "Answers without calling a service: fixed, or as a mock of one.")
public record RespondConfig(
        @Setting(value = "The status of the answer.", byDefault = "200", min = "200", max = "599")
        int status,

        @Setting("The body as text, a template. Its type is text/plain unless headers says otherwise.") @Nullable
        String body,

        @Setting("The body as JSON, written as YAML; every text in it is a template.") @Nullable
        JsonText json,

        @Setting("The body as a file, sent as it is. Read when the configuration is loaded.") @Nullable
        String file,

        @Setting("Header fields; their values are templates.")
        Map<String, String> headers) {
    private static final Set<HeaderName> WRITTEN_HERE = Set.of(
            HeaderName.of("Date"),
            HeaderName.of("Gatehouse-Error"),
            HeaderName.of("Via"),
            HeaderName.of("X-Request-Id"));

    public RespondConfig {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        Check.between("status", status, 200, 599);
        long bodies = Stream.of(body, json, file).filter(each -> each != null).count();
        if (bodies > 1) {
            throw new IllegalArgumentException("an answer has one body: give one of body, json and file");
        }
        if (bodies > 0 && (status == 204 || status == 304)) {
            throw new IllegalArgumentException("status: an answer with " + status + " cannot have a body");
        }
        if (body != null) {
            Check.template("body", body);
        }
        if (json != null) {
            Check.jsonTemplate("json", json.text());
        }
        headers.forEach(RespondConfig::checkHeader);
    }

    /// An empty answer.
    public static RespondConfig of(int status) {
        return new RespondConfig(status, null, null, null, Map.of());
    }

    private static void checkHeader(String name, String value) {
        String key = "headers." + name;
        try {
            if (WRITTEN_HERE.contains(FieldValues.editable(HeaderName.of(name)))) {
                throw new IllegalArgumentException(name + " is written by the gateway and cannot be set");
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
        if (value.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new IllegalArgumentException(
                    key + ": a header value cannot hold a line end or another control character");
        }
        Check.template(key, value);
    }
}
