package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.engine.config.AdminScope;
import java.util.List;
import java.util.Map;

/// `/api/v1/openapi.json`: what the other resources say about themselves.
final class OpenApiResource implements Resource {
    static final String PATH = "/api/v1/openapi.json";

    private final List<Resource> described;

    OpenApiResource(List<Resource> described) {
        this.described = described;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.get(AdminScope.READ, "This document.", Map.class, this::document));
    }

    private AdminAnswer document(AdminRequest request) {
        String json =
                ViewJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(OpenApiDocument.of(described));
        return new AdminAnswer(200, AdminAnswer.JSON, json + "\n", Map.of());
    }
}
