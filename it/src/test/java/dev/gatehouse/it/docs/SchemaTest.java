package dev.gatehouse.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.decode.RecordShape;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.Language;
import dev.gatehouse.engine.config.schema.SchemaDocument;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The schema of the whole file, as `gatehouse schema` prints it.
class SchemaTest {
    private final String schema = SchemaDocument.of(Extensions.NONE);

    @Test
    void every_reference_leads_somewhere_in_the_same_document() {
        Matcher references = Pattern.compile("\"\\$ref\": \"([^\"]+)\"").matcher(schema);
        int found = 0;
        while (references.find()) {
            found++;
            assertThat(references.group(1)).startsWith("#/$defs/");
            assertThat(schema).contains("    \"" + references.group(1).substring("#/$defs/".length()) + "\": {");
        }
        assertThat(found).isGreaterThan(10);
        assertThat(schema).doesNotContain("urn:gatehouse");
    }

    @Test
    void every_key_of_every_section_is_in_it() {
        for (Class<? extends Record> section : Language.records()) {
            for (String key : RecordShape.of(section).keyNames()) {
                assertThat(schema).as("%s of %s", key, section).contains("\"" + key + "\": {");
            }
        }
    }

    @Test
    void short_forms_and_services_in_plain_spelling_are_part_of_it() {
        assertThat(schema.replaceAll("\\n *", ""))
                .contains("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"")
                .contains("\"additionalProperties\": {\"$ref\": \"#/$defs/service\"}")
                .contains("\"enum\": [\"round_robin\",\"least_requests\"");
    }
}
