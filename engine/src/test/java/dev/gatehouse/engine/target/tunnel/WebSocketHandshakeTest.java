package dev.gatehouse.engine.target.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Failure;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6455 §4. The key and its answer are those of §1.3.
class WebSocketHandshakeTest {
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final String VERSION = "Sec-WebSocket-Version: 13";
    private static final String ACCEPT = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static ParsedRequest request(String method, String... fields) {
        ParsedRequest request = new ParsedRequest();
        String head = method + " /chat HTTP/1.1\r\nHost: a\r\n"
                + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n") + "\r\n";
        request.parse(Unpooled.wrappedBuffer(head.getBytes(US_ASCII)), HeadLimits.DEFAULT);
        return request;
    }

    private static ParsedResponse answer(String... fields) {
        ParsedResponse answer = new ParsedResponse();
        String head = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n") + "\r\n";
        answer.parse(Unpooled.wrappedBuffer(head.getBytes(US_ASCII)), HeadLimits.DEFAULT);
        return answer;
    }

    private static String sent(WebSocketHandshake handshake, ParsedRequest request) {
        FieldEdits edits = new FieldEdits();
        edits.reset(request);
        handshake.ask(request, edits);
        HeadWriter out = new HeadWriter();
        edits.writeTo(out);
        return new String(out.toArray(), US_ASCII);
    }

    @Test
    void a_good_handshake_is_refused_by_nobody() {
        assertThat(new WebSocketHandshake(List.of()).refusal(request("GET", KEY, VERSION)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dGhlIHNhbXBsZSBub25jZQ",
                "dGhlIHNhbXBsZSBub25jZQ=",
                "dGhlIHNhbXBsZSBub25j====",
                "dGhlIHNhbXBsZSBub25jZSE=",
                "dGhlIHNhbXBsZSBub25jZ!==",
                "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ=="
            })
    void a_key_that_is_not_16_octets_is_refused(String key) {
        Failure refusal =
                new WebSocketHandshake(List.of()).refusal(request("GET", "Sec-WebSocket-Key: " + key, VERSION));

        assertThat(refusal).isNotNull();
        assertThat(refusal.kind().status()).isEqualTo(400);
    }

    @Test
    void two_keys_none_and_another_method_are_refused() {
        WebSocketHandshake handshake = new WebSocketHandshake(List.of());

        assertThat(handshake.refusal(request("GET", KEY, KEY, VERSION))).isNotNull();
        assertThat(handshake.refusal(request("GET", VERSION))).isNotNull();
        assertThat(handshake.refusal(request("DELETE", KEY, VERSION))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-WebSocket-Version: 8", "Sec-WebSocket-Version: 13, 8", "X: y"})
    void another_version_is_told_which_one_is_spoken(String version) {
        Failure refusal = new WebSocketHandshake(List.of()).refusal(request("GET", KEY, version));

        assertThat(refusal).isNotNull();
        assertThat(refusal.details()).containsEntry("websocket_version", 13);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat, ticker, log | ticker, log",
                "log | log",
                "chat | ''",
                "TICKER | ''",
                "ticker,,  ,log | ticker,,  ,log",
            })
    void only_allowed_subprotocols_are_asked_for(String wanted, String passed) {
        ParsedRequest request = request("GET", KEY, VERSION, "Sec-WebSocket-Protocol: " + wanted);

        String sent = sent(new WebSocketHandshake(List.of("ticker", "log")), request);

        if (passed.isEmpty()) {
            assertThat(sent).doesNotContain("Sec-WebSocket-Protocol");
        } else {
            assertThat(sent).containsOnlyOnce("Sec-WebSocket-Protocol: " + passed + "\r\n");
        }
    }

    @Test
    void several_fields_are_one_list() {
        ParsedRequest request =
                request("GET", KEY, VERSION, "Sec-WebSocket-Protocol: chat", "sec-websocket-protocol: log");

        assertThat(sent(new WebSocketHandshake(List.of("log")), request))
                .containsOnlyOnce("Sec-WebSocket-Protocol: log\r\n")
                .doesNotContain("chat");
    }

    @Test
    void the_answer_must_fit_the_key() {
        WebSocketHandshake handshake = new WebSocketHandshake(List.of());
        sent(handshake, request("GET", KEY, VERSION));

        assertThat(handshake.mistake(answer(ACCEPT))).isNull();
        assertThat(handshake.mistake(answer())).contains("Sec-WebSocket-Accept");
        assertThat(handshake.mistake(answer(ACCEPT, ACCEPT))).contains("Sec-WebSocket-Accept");
        assertThat(handshake.mistake(answer("Sec-WebSocket-Accept: dGhlIHNhbXBsZSBub25jZQ==")))
                .contains("Sec-WebSocket-Accept");
    }

    @Test
    void the_answer_chooses_among_the_subprotocols_that_were_passed_on() {
        WebSocketHandshake handshake = new WebSocketHandshake(List.of("ticker"));
        sent(handshake, request("GET", KEY, VERSION, "Sec-WebSocket-Protocol: chat, ticker"));

        assertThat(handshake.mistake(answer(ACCEPT, "Sec-WebSocket-Protocol: ticker")))
                .isNull();
        assertThat(handshake.mistake(answer(ACCEPT))).isNull();
        assertThat(handshake.mistake(answer(ACCEPT, "Sec-WebSocket-Protocol: chat")))
                .contains("subprotocol");
        assertThat(handshake.mistake(answer(ACCEPT, "Sec-WebSocket-Protocol: ticker, chat")))
                .contains("subprotocol");
    }
}
