package dev.gatehouse.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `gatehouse schema`: one document an editor can use.
class SchemaCommandTest {
    @Test
    void prints_the_json_schema_of_the_whole_file() {
        GatehouseCommandLine said = GatehouseCommandLine.of("schema");

        assertThat(said.code()).as(said.err()).isZero();
        JsonNode schema = JsonMapper.shared().readTree(said.out());
        assertThat(schema.get("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.get("properties").propertyNames()).contains("version", "listeners", "services", "routes");
        assertThat(schema.at("/$defs/route/properties").propertyNames()).contains("path", "service", "respond");
    }
}
