package dev.gatehouse.app.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.admin.view.InstanceState;
import dev.gatehouse.app.admin.view.InstanceStatus;
import dev.gatehouse.app.admin.view.ViewJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RecordSchemasTest {
    private final RecordSchemas schemas = new RecordSchemas();

    @Test
    void a_record_is_described_by_the_keys_it_is_written_with() {
        JsonNode written = ViewJson.MAPPER.valueToTree(new InstanceStatus(
                "10.0.3.11:8080",
                1,
                false,
                InstanceState.UP,
                null,
                3,
                10,
                1,
                new InstanceStatus.Check(200, 4, Instant.EPOCH)));
        schemas.of(InstanceStatus.class);
        JsonNode described = ViewJson.MAPPER.valueToTree(schemas.named());

        assertThat(described.at("/InstanceStatus/properties").propertyNames())
                .containsExactlyElementsOf(written.propertyNames());
        assertThat(described.at("/InstanceStatusCheck/properties").propertyNames())
                .containsExactlyElementsOf(written.path("last_check").propertyNames());
        assertThat(described.at("/InstanceStatus/properties/state/enum").toString())
                .isEqualTo("[\"up\",\"down\",\"ejected\",\"drained\",\"unknown\"]");
        assertThat(described
                        .at("/InstanceStatus/properties/reason/anyOf/1/type")
                        .asString())
                .isEqualTo("null");
        assertThat(described.at("/InstanceStatus/required").toString())
                .contains("in_flight")
                .doesNotContain("reason");
    }

    @Test
    void a_key_that_is_no_java_word_is_the_one_given() {
        schemas.of(InstanceChange.Wanted.class);
        assertThat(ViewJson.MAPPER
                        .valueToTree(schemas.named())
                        .at("/InstanceChangeWanted/properties")
                        .propertyNames())
                .containsExactly("state", "for");
    }

    @Test
    void a_type_that_was_not_thought_of_is_refused() {
        record Odd(UUID id) {}
        assertThatThrownBy(() -> schemas.of(Odd.class)).hasMessageContaining("UUID");
        assertThat(schemas.of(Map.class)).isEqualTo(Map.of("type", "object"));
        assertThat(List.of(schemas.of(String.class))).isEqualTo(List.of(Map.of("type", "string")));
    }
}
