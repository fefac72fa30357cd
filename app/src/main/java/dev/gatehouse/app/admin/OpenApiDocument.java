package dev.gatehouse.app.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The OpenAPI 3.1 description of resources, as maps and lists ready to be written. Made from what they declare
/// and from the components of their records, so that it cannot say something else than the code does.
final class OpenApiDocument {
    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

    private static final String TOKEN = "token";

    private final RecordSchemas schemas = new RecordSchemas();

    private OpenApiDocument() {}

    static Map<String, Object> of(List<Resource> resources) {
        return new OpenApiDocument().document(resources);
    }

    private Map<String, Object> document(List<Resource> resources) {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (Resource resource : resources) {
            Map<String, Object> methods = new LinkedHashMap<>();
            for (Operation operation : resource.operations()) {
                methods.put(operation.method().toLowerCase(Locale.ROOT), operation(resource, operation));
            }
            paths.put(resource.path(), methods);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "Gatehouse admin API", "version", "1"));
        document.put("paths", paths);
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("schemas", schemas.named());
        components.put(
                "securitySchemes",
                Map.of(
                        TOKEN,
                        Map.of(
                                "type",
                                "http",
                                "scheme",
                                "bearer",
                                "description",
                                "On loopback none is needed unless one was configured. What stands behind 'token' in an"
                                        + " operation is the scope it takes; of several, one is enough.")));
        document.put("components", components);
        return document;
    }

    private Map<String, Object> operation(Resource resource, Operation operation) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("summary", operation.summary());
        described.put("security", resource.isProbe() ? List.of() : security(operation));
        List<Object> parameters = parameters(resource, operation);
        if (!parameters.isEmpty()) {
            described.put("parameters", parameters);
        }
        if (operation.accepts() != null) {
            described.put(
                    "requestBody",
                    Map.of("required", true, "content", content(AdminAnswer.JSON, schemas.of(operation.accepts()))));
        }
        Map<String, Object> responses = new LinkedHashMap<>();
        Map<String, Object> content = content(operation.mediaType(), schemas.of(operation.answers()));
        responses.put("200", Map.of("description", "OK", "content", content));
        if (resource.isProbe()) {
            responses.put("503", Map.of("description", "Not ready", "content", content));
        }
        responses.put("default", Map.of("description", "Refused", "content", content(Problem.MEDIA_TYPE, problem())));
        described.put("responses", responses);
        return described;
    }

    /// One alternative for each scope that opens it. OpenAPI 3.1 lets any scheme have names of what it takes.
    private static List<Object> security(Operation operation) {
        return operation.opens().stream()
                .<Object>map(scope -> Map.of(TOKEN, List.of(scope.word())))
                .toList();
    }

    private static List<Object> parameters(Resource resource, Operation operation) {
        List<Object> parameters = new ArrayList<>();
        Matcher names = NAME.matcher(resource.path());
        while (names.find()) {
            parameters.add(
                    Map.of("name", names.group(1), "in", "path", "required", true, "schema", Map.of("type", "string")));
        }
        for (Operation.Parameter parameter : operation.parameters()) {
            parameters.add(Map.of(
                    "name",
                    parameter.name(),
                    "in",
                    "query",
                    "description",
                    parameter.description(),
                    "schema",
                    Map.of("type", "string")));
        }
        return parameters;
    }

    private static Map<String, Object> problem() {
        Map<String, Object> text = Map.of("type", "string");
        return Map.of(
                "type",
                "object",
                "required",
                List.of("type", "code", "status", "title", "detail"),
                "properties",
                Map.of("type", text, "code", text, "status", Map.of("type", "integer"), "title", text, "detail", text));
    }

    private static Map<String, Object> content(String mediaType, Map<String, Object> schema) {
        return Map.of(mediaType, Map.of("schema", schema));
    }
}
