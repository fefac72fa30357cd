package dev.gatehouse.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What may be written of a listener that passes connections on.
class TcpListenerTest {
    private static Loaded load(String listener) {
        String yaml = """
                listeners:
                  door: { port: 9443, type: tcp, %s }
                services:
                  id: { instances: [ "127.0.0.1:7443" ] }
                """.formatted(listener);
        return ConfigLoader.load(new SourceFile("gateway.yaml", Path.of("gateway.yaml"), yaml), LoadOptions.standard());
    }

    private static String report(String listener) {
        return TextReport.of(load(listener).diagnostics());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service: id",
                "sni: { id.example.com: id }",
                "sni: { \"*.example.com\": id, Example.com: id }, service: id",
                "service: id, limits: { connections: 5, head_timeout: 2s }",
            })
    void a_service_that_only_such_a_listener_uses_is_used(String listener) {
        assertThat(report(listener)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "health: true",
                "protocols: [ http/1.1 ]",
                "http2: { max_streams: 5 }",
                "redirect_to: https",
                "forwarding: { forwarded: true }",
                "max_body: 1MiB",
                "limits: { head: 8KiB }",
            })
    void what_is_for_http_is_refused(String key) {
        assertThat(report("service: id, " + key)).contains("GH1305", key.substring(0, key.indexOf(':')), "type: tcp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"*\": id", "\"a.*\": id", "\"a b\": id", "\"\": id", "a.example: id, A.example: id"})
    void what_no_client_can_name_or_stands_twice_is_refused(String names) {
        assertThat(report("sni: { " + names + " }")).contains("error[", "sni");
    }

    @Test
    void it_needs_somewhere_to_go() {
        assertThat(report("bind: 127.0.0.1")).contains("'type': tcp needs 'service', or 'sni'");
    }

    @Test
    void the_same_in_another_place_is_still_one() {
        ListenerConfig door =
                Objects.requireNonNull(load("service: id").config()).listeners().get("door");
        assertThat(Objects.requireNonNull(door).at("127.0.0.1", 1).type()).isEqualTo(ListenerConfig.Type.TCP);
        assertThat(door.protocols()).isEmpty();
        assertThat(door.scheme()).isEqualTo("tcp");
    }

    @Test
    void only_type_tcp_has_services() {
        String yaml = "listeners: { a: { service: id } }\nservices: { id: { instances: [ \"127.0.0.1:1\" ] } }\n";
        Loaded loaded = ConfigLoader.load(
                new SourceFile("gateway.yaml", Path.of("gateway.yaml"), yaml), LoadOptions.standard());

        assertThat(TextReport.of(loaded.diagnostics())).contains("'service': is for type: tcp");
    }
}
