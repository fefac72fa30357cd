package dev.gatehouse.engine.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Attribute;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private static final Attribute<String> USER = Attribute.of("user");
    private static final Attribute<Integer> COST = Attribute.of("cost");

    private final Attributes attributes = new Attributes();

    @Test
    void what_was_set_is_found_by_the_same_attribute_only() {
        attributes.set(USER, "alice");
        assertThat(attributes.get(USER)).isEqualTo("alice");
        assertThat(attributes.get(Attribute.<String>of("user"))).isNull();
        assertThat(attributes.get(COST)).isNull();
    }

    @Test
    void everything_since_a_mark_can_be_taken_back() {
        attributes.set(USER, "alice");
        int mark = attributes.mark();
        attributes.set(USER, "bob");
        attributes.set(COST, 3);
        attributes.set(USER, null);

        attributes.rollback(mark);

        assertThat(attributes.get(USER)).isEqualTo("alice");
        assertThat(attributes.get(COST)).isNull();
    }

    @Test
    void the_next_exchange_finds_nothing() {
        attributes.set(USER, "alice");
        attributes.clear();
        assertThat(attributes.get(USER)).isNull();
        assertThat(attributes.mark()).isZero();
    }
}
