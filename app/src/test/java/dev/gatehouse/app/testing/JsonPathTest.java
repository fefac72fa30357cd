package dev.gatehouse.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonPathTest {
    private final JsonNode document = Objects.requireNonNull(
            JsonPath.read("{\"items\": [{\"name\": \"soup\", \"price\": 4.50}], \"none\": null}"));

    @Test
    void a_path_leads_through_names_and_numbers() {
        assertThat(JsonPath.of("items[0].name").in(document)).hasToString("\"soup\"");
        assertThat(JsonPath.of(".items").in(document)).hasSize(1);
        assertThat(JsonPath.of("").in(document)).isSameAs(document);
    }

    @Test
    void a_path_to_nothing_finds_nothing() {
        assertThat(JsonPath.of("items[1].name").in(document)).isNull();
        assertThat(JsonPath.of("items.name").in(document)).isNull();
    }

    @Test
    void numbers_are_compared_by_their_value() {
        JsonNode price = Objects.requireNonNull(JsonPath.of("items[0].price").in(document));

        assertThat(JsonPath.isSame(price, Objects.requireNonNull(JsonPath.read("4.5"))))
                .isTrue();
        assertThat(JsonPath.isSame(price, Objects.requireNonNull(JsonPath.read("4.51"))))
                .isFalse();
    }

    @Test
    void what_is_no_json_is_nothing() {
        assertThat(JsonPath.read("<html>")).isNull();
        assertThat(JsonPath.read(" ")).isNull();
    }
}
