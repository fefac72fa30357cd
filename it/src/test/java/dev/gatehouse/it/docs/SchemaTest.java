package dev.gatehouse.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.decode.RecordShape;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.Language;
import dev.gatehouse.engine.config.schema.SchemaDocument;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The schema of the whole file, as `gatehouse schema` prints it.
class SchemaTest {
    private final String schema = SchemaDocument.of(Extensions.NONE);

    @Test
    void every_reference_leads_somewhere_in_the_same_document() {
        String all = SchemaDocument.of(Extensions.found());
        Matcher references = Pattern.compile("\"\\$ref\": \"([^\"]+)\"").matcher(all);
        int found = 0;
        while (references.find()) {
            found++;
            assertThat(references.group(1)).startsWith("#/$defs/");
            assertThat(all).contains("    \"" + references.group(1).substring("#/$defs/".length()) + "\": {");
        }
        assertThat(found).isGreaterThan(10);
        assertThat(all).doesNotContain("urn:gatehouse").doesNotContain("x-forms");
    }

    @Test
    void every_key_of_every_section_is_in_it() {
        for (Class<? extends Record> section : Language.records()) {
            for (String key : RecordShape.of(section).keyNames()) {
                assertThat(schema).as("%s of %s", key, section).contains("\"" + key + "\": {");
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> each_policy_stands_on_routes_under_defaults_and_by_name() {
        Extensions extensions = Extensions.found();
        Map<?, ?> document =
                (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(SchemaDocument.of(extensions));
        return extensions.slots().stream()
                .map(slot -> DynamicTest.dynamicTest(slot, () -> {
                    assertThat(at(document, "$defs", "route", "properties", slot))
                            .isNotNull();
                    assertThat(at(document, "$defs", "defaults", "properties", slot))
                            .isNotNull();
                    assertThat(at(document, "properties", "policies", "properties", slot, "additionalProperties"))
                            .isNotNull();
                    assertThat(at(document, "$defs", slot, "properties", "shadow"))
                            .isNotNull();
                    assertThat(at(document, "$defs", slot, "properties", "extends"))
                            .isNotNull();
                }));
    }

    private static @Nullable Object at(Map<?, ?> map, String... keys) {
        Object value = map;
        for (String key : keys) {
            value = value instanceof Map<?, ?> inner ? inner.get(key) : null;
        }
        return value;
    }

    @Test
    void short_forms_and_services_in_plain_spelling_are_part_of_it() {
        assertThat(schema.replaceAll("\\n *", ""))
                .contains("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"")
                .contains("\"additionalProperties\": {\"$ref\": \"#/$defs/service\"}")
                .contains("\"enum\": [\"round_robin\",\"least_requests\"");
    }
}
