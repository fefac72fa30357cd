package dev.gatehouse.engine.config.diagnostic;

import dev.gatehouse.engine.config.source.Json;
import dev.gatehouse.engine.config.source.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Diagnostics for tools: a JSON array with one object each.
public final class JsonReport {
    private JsonReport() {}

    public static String of(List<Diagnostic> all) {
        return Json.write(all.stream().map(JsonReport::fields).toList()) + "\n";
    }

    /// The fields of one, in the order in which they are written: `code severity file line column end_line
    /// end_column path message label help notes places docs`.
    public static Map<String, Object> fields(Diagnostic one) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", one.code().name());
        fields.put("severity", one.severity().word());
        put(fields, one.span());
        fields.put("path", one.path());
        fields.put("message", one.message());
        fields.put("label", one.label());
        String help = one.help();
        fields.put("help", help == null ? "" : help);
        fields.put("notes", one.notes().stream().map(Diagnostic.Note::text).toList());
        fields.put(
                "places",
                one.places().stream()
                        .map(further -> {
                            Map<String, Object> place = new LinkedHashMap<>();
                            put(place, further.span());
                            place.put("label", further.label());
                            return place;
                        })
                        .toList());
        fields.put("docs", "gatehouse help " + one.code());
        return fields;
    }

    private static void put(Map<String, Object> fields, Span span) {
        fields.put("file", span.file().name());
        fields.put("line", span.line());
        fields.put("column", span.column());
        fields.put("end_line", span.endLine());
        fields.put("end_column", span.endColumn());
    }
}
