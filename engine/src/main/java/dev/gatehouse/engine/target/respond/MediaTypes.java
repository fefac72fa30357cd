package dev.gatehouse.engine.target.respond;

import dev.gatehouse.api.template.Template.Use;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the gateway has to know of media types to answer by itself.
final class MediaTypes {
    static final String TEXT = "text/plain; charset=utf-8";
    static final String JSON = "application/json";
    private static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> BY_ENDING = Map.ofEntries(
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("gif", "image/gif"),
            Map.entry("htm", "text/html; charset=utf-8"),
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("json", JSON),
            Map.entry("pdf", "application/pdf"),
            Map.entry("png", "image/png"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("txt", TEXT),
            Map.entry("webp", "image/webp"),
            Map.entry("xml", "application/xml"),
            Map.entry("yaml", "application/yaml"));

    private MediaTypes() {}

    /// The type of a file, by the ending of its name.
    static String ofFile(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_ENDING.getOrDefault(ending, UNKNOWN);
    }

    /// How a value is written into a text of this type; null when there is no safe way known.
    static @Nullable Use use(String type) {
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (essence.equals("application/json") || essence.endsWith("+json")) {
            return Use.JSON;
        }
        if (essence.equals("text/html")
                || essence.equals("text/xml")
                || essence.equals("application/xml")
                || essence.endsWith("+xml")) {
            return Use.MARKUP;
        }
        return essence.equals("text/plain") ? Use.PLAIN : null;
    }
}
