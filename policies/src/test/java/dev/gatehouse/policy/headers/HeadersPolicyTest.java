package dev.gatehouse.policy.headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.MadeResponse;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.policy.FakeContext;
import dev.gatehouse.policy.FakeExchange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeadersPolicyTest {
    private static final HeaderEditsConfig NONE = new HeaderEditsConfig(List.of(), Map.of(), Map.of(), Map.of());

    @Test
    void each_side_that_is_changed_acts_at_its_own_stage() {
        assertThat(create(set("X-A", "1"), set("X-B", "2")))
                .extracting(Staged::stage)
                .containsExactly(Stage.RESPONSE_HEADERS, Stage.REQUEST_HEADERS);
        assertThat(create(set("X-A", "1"), NONE)).extracting(Staged::stage).containsExactly(Stage.REQUEST_HEADERS);
        assertThat(create(NONE, NONE)).isEmpty();
    }

    @Test
    void edits_are_made_in_one_order_whatever_the_order_of_lines() {
        FakeExchange exchange =
                FakeExchange.get().header("X-Old", "1").header("Cookie", "a=b").header("X-Kept", "k");
        request(
                exchange,
                new HeaderEditsConfig(
                        List.of("Cookie"), Map.of("X-Old", "X-New"), Map.of("X-New", "set"), Map.of("X-New", "added")));

        assertThat(exchange.sent()).containsExactly("X-Kept: k", "X-New: set", "X-New: added");
    }

    @Test
    void set_replaces_every_field_of_the_name_in_any_case() {
        FakeExchange exchange = FakeExchange.get().header("x-tenant", "evil").header("X-TENANT", "evil too");
        request(exchange, set("X-Tenant", "acme"));

        assertThat(exchange.sent()).containsExactly("X-Tenant: acme");
    }

    @Test
    void a_value_is_a_template_of_the_request() {
        FakeExchange exchange = FakeExchange.get()
                .header("X-From", "here")
                .parameter("id", "r42")
                .query("lang", "de");
        request(exchange, set("X-All", "{id} {query.lang} {header.x-from} {client.ip} {request.id}"));

        assertThat(exchange.sent()).contains("X-All: r42 de here 192.0.2.1 0198-id");
    }

    @Test
    void what_a_template_brings_in_never_ends_the_field() {
        FakeExchange exchange = FakeExchange.get().query("lang", "de\r\nX-Admin: true\0\u007f\u0001");
        request(exchange, set("X-Lang", "{query.lang}"));

        assertThat(exchange.sent()).containsExactly("X-Lang: de  X-Admin: true");
    }

    @Test
    void what_is_no_ascii_goes_as_utf_8() {
        FakeExchange exchange = FakeExchange.get().query("name", "Zoë 😀 \u0085");
        request(exchange, set("X-Name", "{query.name}"));

        assertThat(exchange.sent())
                .singleElement()
                .asString()
                .startsWith("X-Name: ZoÃ«")
                .matches("[\\x20-\\xff]*");
    }

    @Test
    void a_value_that_is_missing_takes_the_field_away_and_the_clients_does_not_stand_in() {
        FakeExchange exchange = FakeExchange.get().header("X-Lang", "spoofed");
        request(exchange, set("X-Lang", " {query.lang} "));

        assertThat(exchange.sent()).isEmpty();
        assertThat(exchange.notes()).containsExactly("no value for X-Lang", "=X-Lang");
    }

    @Test
    void nothing_is_added_when_a_value_is_missing() {
        FakeExchange exchange = FakeExchange.get().header("X-Lang", "kept");
        request(exchange, new HeaderEditsConfig(List.of(), Map.of(), Map.of(), Map.of("X-Lang", "{query.lang}")));

        assertThat(exchange.sent()).containsExactly("X-Lang: kept");
    }

    @Test
    void a_rename_keeps_all_values_in_their_order_and_replaces_what_was_there() {
        FakeExchange exchange = FakeExchange.get()
                .header("X-New", "spoofed")
                .header("X-Old", "1")
                .header("x-old", "2");
        request(exchange, rename("X-Old", "X-New"));
        assertThat(exchange.sent()).containsExactly("X-New: 1", "X-New: 2");

        FakeExchange without = FakeExchange.get().header("X-New", "mine");
        request(without, rename("X-Old", "X-New"));
        assertThat(without.sent()).containsExactly("X-New: mine");
    }

    @Test
    void answers_are_changed_whoever_made_them() {
        Response answer = Response.of(200, Body.EMPTY)
                .set(HeaderName.SERVER, "x/1")
                .add(HeaderName.of("Set-Cookie"), "a=1")
                .add(HeaderName.of("Set-Cookie"), "b=2");
        FakeExchange exchange = FakeExchange.get();
        Decision decision = create(
                        NONE,
                        new HeaderEditsConfig(
                                List.of("Server"),
                                Map.of("Set-Cookie", "X-Cookie"),
                                Map.of("X-Request", "{request.id}"),
                                Map.of("Vary", "Origin")))
                .getFirst()
                .policy()
                .onResponse(exchange, answer);

        assertThat(decision).isEqualTo(Decision.CONTINUE);
        assertThat(((MadeResponse) answer).fields())
                .extracting(field -> field.name() + ": " + field.value())
                .containsExactly("X-Cookie: a=1", "X-Cookie: b=2", "X-Request: 0198-id", "Vary: Origin");
        assertThat(exchange.notes()).containsExactly("-Server Set-Cookie→X-Cookie =X-Request +Vary");
    }

    @Test
    void a_parameter_the_routes_path_does_not_have_is_a_mistake_when_the_file_is_loaded() {
        assertThatThrownBy(() -> create(set("X-User", "{userid}"), NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("request.set.X-User: the path has no parameter {userid}; known here: id");
        assertThatThrownBy(() -> create(NONE, set("X-User", "{clinet.ip}")))
                .hasMessageStartingWith("response.set.X-User: ");
    }

    @Test
    void fields_that_frame_or_address_a_message_are_refused() {
        for (String name : List.of("Content-Length", "transfer-encoding", "Host", "Connection", "Upgrade")) {
            String sentence = " is written by the gateway and cannot be changed";
            assertThatThrownBy(() -> set(name, "1")).hasMessage("set: " + name + sentence);
            assertThatThrownBy(() -> rename("X", name)).hasMessage("rename: " + name + sentence);
            assertThatThrownBy(() -> new HeaderEditsConfig(List.of(name), Map.of(), Map.of(), Map.of()))
                    .hasMessage("remove: " + name + sentence);
        }
    }

    @Test
    void nonsense_is_refused_with_what_to_write_instead() {
        assertThatThrownBy(() -> set("X A", "1")).hasMessage("set: not a field name: 'X A'");
        assertThatThrownBy(() -> set("X", " ")).hasMessage("set.X: a value is missing; 'remove' takes a field away");
        assertThatThrownBy(() -> set("X", "a\nb")).hasMessageStartingWith("set.X: a header value cannot hold");
        assertThatThrownBy(() -> set("X", "{id")).hasMessageStartingWith("set.X: ");
        assertThatThrownBy(() -> new HeaderEditsConfig(List.of("a"), Map.of("A", "B"), Map.of(), Map.of()))
                .hasMessage("rename: A is removed before it could be renamed");
        assertThatThrownBy(() -> new HeaderEditsConfig(List.of(), Map.of("A", "B", "C", "b"), Map.of(), Map.of()))
                .hasMessageEndingWith(" is there twice");
        assertThatThrownBy(() -> new HeaderEditsConfig(List.of(), Map.of("A", "B", "B", "C"), Map.of(), Map.of()))
                .hasMessage("rename: B is there twice");
    }

    private static void request(FakeExchange exchange, HeaderEditsConfig edits) {
        assertThat(create(edits, NONE).getFirst().policy().onRequest(exchange)).isEqualTo(Decision.CONTINUE);
    }

    private static List<Staged> create(HeaderEditsConfig request, HeaderEditsConfig response) {
        return new HeadersPolicyFactory()
                .create(new HeadersConfig(request, response), new FakeContext("headers", Set.of("id")));
    }

    private static HeaderEditsConfig set(String name, String value) {
        return new HeaderEditsConfig(List.of(), Map.of(), Map.of(name, value), Map.of());
    }

    private static HeaderEditsConfig rename(String from, String to) {
        return new HeaderEditsConfig(List.of(), Map.of(from, to), Map.of(), Map.of());
    }
}
