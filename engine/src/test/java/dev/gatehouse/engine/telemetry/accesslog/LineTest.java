package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.identity.Plan;
import dev.gatehouse.engine.config.AccessLogConfig;
import dev.gatehouse.engine.config.AccessLogFact;
import dev.gatehouse.engine.config.AccessLogTargetConfig.Facility;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.SampleSummary;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a line says, and what a client cannot make it say.
class LineTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void a_line_of_json_has_the_agreed_fields_in_their_order() {
        assertThat(json(new SampleSummary()))
                .isEqualTo(
                        "{\"timestamp\":\"2026-11-22T12:04:31.123Z\""
                                + ",\"message\":\"API Request\",\"method\":\"GET\",\"path\":\"/menus/r42\",\"status_code\":200"
                                + ",\"duration_ms\":3.142,\"client_ip\":\"203.0.113.7\",\"user_agent\":\"curl/8.5.0\""
                                + ",\"correlation_id\":\"0192f0c1-7a3b-7c4d-8e5f-001122334455\",\"route\":\"GET /menus/{restaurantId}\""
                                + ",\"service\":\"menu-service\",\"instance\":\"10.0.2.11:8080\",\"consumer\":null,\"bytes_in\":0"
                                + ",\"bytes_out\":1024,\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"error_code\":null}\n");
        assertThat(fields(json(new SampleSummary())).propertyNames()).containsExactlyElementsOf(AccessLogConfig.FIELDS);
    }

    @Test
    void what_was_never_known_is_null() {
        JsonNode line = fields(json(new SampleSummary()
                .withoutHeaders()
                .refused(FailureKind.NO_ROUTE, "No route matches GET /menus/r42.")));
        assertThat(line.get("status_code").intValue()).isEqualTo(404);
        assertThat(line.get("error_code").stringValue()).isEqualTo("NO_ROUTE");
        for (String field : List.of("route", "service", "instance", "user_agent")) {
            assertThat(line.get(field).isNull()).as(field).isTrue();
        }
    }

    @Test
    void a_client_that_left_without_an_answer_has_the_status_of_that_failure() {
        JsonNode line = fields(json(new SampleSummary().left()));
        assertThat(line.get("status_code").intValue()).isEqualTo(499);
        assertThat(line.get("error_code").stringValue()).isEqualTo("CLIENT_LEFT");
    }

    @Test
    void the_query_is_in_no_line_that_does_not_ask_for_it() {
        assertThat(json(new SampleSummary().withQuery("q=private"))).doesNotContain("private");
    }

    @ParameterizedTest
    @CsvSource({"0, 0.000", "999, 0.000", "1000, 0.001", "12345678, 12.345", "3600000000000, 3600000.000", "-5, 0.000"})
    void durations_are_milliseconds_to_the_microsecond(long nanos, String written) {
        assertThat(own("{duration_ms}", new SampleSummary().withDuration(nanos)))
                .isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "9.10.99.100", "255.255.255.255", "2001:db8::1", "::1"})
    void addresses_are_written_as_people_know_them(String address) {
        assertThat(own("{client.ip}", new SampleSummary().withClient(address))).isEqualTo(address);
    }

    @Test
    void an_address_that_was_seen_before_is_not_taken_for_another() {
        LineComposer composer =
                new LineComposer(LineFormat.of(AccessLogConfig.DEFAULT.withFormat("{client.ip}")), null);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 2000; i++) {
                String address = "2001:db8::" + Integer.toHexString(i + 1);
                assertThat(text(composer.compose(new SampleSummary().withClient(address))))
                        .isEqualTo(address + "\n");
            }
        }
    }

    // ── injection

    @Test
    void no_octet_a_client_sends_ends_a_line_or_a_value() {
        for (int octet = 0; octet < 256; octet++) {
            byte[] path = {'/', 'a', (byte) octet, 'b', '"', '}', '\n', '{'};
            SampleSummary summary = new SampleSummary().withPath(path);
            String json = json(summary);
            assertThat(json.indexOf('\n')).isEqualTo(json.length() - 1);
            assertThat(fields(json).get("path").stringValue()).startsWith("/a").endsWith("b\"}\n{");
            String own = own("\"{request.path}\" {status}", summary);
            assertThat(own).endsWith("b\\\"}\\x0a{\" 200").doesNotContain("\n").doesNotContain("\033");
        }
    }

    @Test
    void letters_of_all_languages_stand_as_they_are() {
        String path = "/Zürich/東京/😀";
        assertThat(fields(json(new SampleSummary().withPath(path))).get("path").stringValue())
                .isEqualTo(path);
        assertThat(own("{request.path}", new SampleSummary().withPath(path))).isEqualTo(path);
    }

    @Test
    void octets_that_are_no_letters_are_told_as_such() {
        for (int[] octets : new int[][] {
            {0xff}, {0x80}, {0xc3}, {0xc0, 0xaf}, {0xed, 0xa0, 0x80}, {0xf4, 0x90, 0x80, 0x80}, {0xe2, 0x82}
        }) {
            byte[] path = new byte[octets.length];
            for (int i = 0; i < path.length; i++) {
                path[i] = (byte) octets[i];
            }
            String json = json(new SampleSummary().withPath(path));
            assertThat(fields(json).get("path").stringValue()).isEqualTo("\ufffd".repeat(octets.length));
            assertThat(own("{request.path}", new SampleSummary().withPath(path)))
                    .startsWith("\\x" + Integer.toHexString(octets[0]));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0085", "\u009b", "\u2028", "\u2029", "\u202e", "\u2066", "\u200f"})
    void what_steers_a_terminal_or_turns_a_text_is_escaped(String character) {
        String escaped = "\\u%04x".formatted((int) character.charAt(0));
        SampleSummary summary = new SampleSummary().withHeader("User-Agent", "a" + character + "b");
        assertThat(json(summary)).contains("\"a" + escaped + "b\"");
        assertThat(own("{header.user-agent}", summary)).isEqualTo("a" + escaped + "b");
    }

    @Test
    void a_path_of_64_kib_is_cut_and_says_so() {
        String path = fields(json(new SampleSummary().withPath("/" + "a".repeat(65_535))))
                .get("path")
                .stringValue();
        assertThat(path).hasSize(Line.LONGEST_VALUE + 1).startsWith("/aaa").endsWith("a…");
    }

    @Test
    void a_value_is_never_cut_within_a_letter_or_an_escape() {
        for (int before = 0; before < 8; before++) {
            String path = "/".repeat(before) + "\u0001é\"😀".repeat(1000);
            String cut =
                    fields(json(new SampleSummary().withPath(path))).get("path").stringValue();
            assertThat(path).startsWith(cut.substring(0, cut.length() - 1));
            assertThat(cut).endsWith("…");
        }
    }

    @Test
    void whatever_a_client_sends_a_line_is_json_and_has_its_fields() {
        Random random = new Random(4);
        AccessLogConfig config = AccessLogConfig.DEFAULT.withFields(
                Map.of("q", "{request.query}", "x", "a {header.x} {query.a} b", "y", "{header.y}"));
        LineComposer composer = new LineComposer(LineFormat.of(config), null);
        for (int i = 0; i < 5000; i++) {
            SampleSummary summary = new SampleSummary()
                    .withPath(octets(random))
                    .withQuery(new String(octets(random), UTF_8))
                    .withHeader("x", new String(octets(random), UTF_8))
                    .withHeader("y", new String(octets(random), UTF_8));
            String line = text(composer.compose(summary));
            assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
            assertThat(fields(line).size()).isEqualTo(AccessLogConfig.FIELDS.size() + 3);
        }
    }

    private static byte[] octets(Random random) {
        byte[] octets = new byte[random.nextInt(8) == 0 ? 3000 : random.nextInt(40)];
        random.nextBytes(octets);
        if (random.nextBoolean()) {
            byte[] nasty = "\"\\\n\r\0%&=;+/a{}\u2028é".getBytes(UTF_8);
            for (int i = 0; i < octets.length; i++) {
                octets[i] = nasty[Math.floorMod(octets[i], nasty.length)];
            }
        }
        return octets;
    }

    // ── own formats

    @Test
    void a_line_of_ones_own_has_the_values_that_are_asked_for() {
        assertThat(own(
                        "{client.ip} [{timestamp}] \"{request.method} {request.path} {request.protocol}\" {status}"
                                + " {bytes_out} {service}/{instance} {error_code} {{x}}",
                        new SampleSummary()))
                .isEqualTo("203.0.113.7 [2026-11-22T12:04:31.123Z] \"GET /menus/r42 HTTP/1.1\" 200 1024"
                        + " menu-service/10.0.2.11:8080 - {x}");
    }

    @Test
    void each_word_there_is_has_a_value_or_says_that_it_is_missing() {
        ExchangeSummary summary = new SampleSummary()
                .withQuery("a=1&b=x%20y")
                .withHeader("X-Tenant", "acme")
                .withIdentity(new Identity(
                        "partner",
                        "u1",
                        new Consumer(
                                "acme",
                                new Plan("pro", new Plan.Allowance(null, null, null), Map.of()),
                                Set.of(),
                                Set.of()),
                        "k_1",
                        Set.of(),
                        Set.of(),
                        Map.of("tenant", "t7")));
        for (AccessLogFact fact : AccessLogFact.values()) {
            String word = switch (fact) {
                case HEADER -> "header.x-tenant";
                case PARAMETER -> "query.b";
                case CLAIM -> "jwt.tenant";
                default -> fact.word();
            };
            boolean missing = List.of("grpc_status", "error_code", "error_message", "close_code", "decided_by")
                    .contains(word);
            assertThat(own("{" + word + "}", summary).equals("-")).as(word).isEqualTo(missing);
        }
        assertThat(own("{header.x-tenant} {query.b} {query.c} {service_ms} {attempts}", summary))
                .isEqualTo("acme x y - 2.700 1");
        assertThat(own("{consumer.id} {consumer.plan} {consumer.credential} {jwt.tenant} {jwt.sub} {jwt.x}", summary))
                .isEqualTo("acme pro k_1 t7 u1 -");
    }

    @Test
    void a_call_of_grpc_has_the_number_it_ended_with() {
        assertThat(own("{status} {grpc_status}", new SampleSummary().withGrpcStatus(14)))
                .isEqualTo("200 14");
    }

    @Test
    void whom_a_certificate_names_is_written_like_anything_a_client_chose() {
        assertThat(own(
                        "{client.certificate.subject} {client.certificate.issuer} {client.tls.protocol}"
                                + " {client.tls.server_name}",
                        new SampleSummary()))
                .isEqualTo("CN=BC CN=LA Intermediate CA,O=Let's Authenticate TLSv1.3 shop.example");
    }

    @Test
    void own_fields_follow_the_agreed_ones_and_keep_their_kind() {
        AccessLogConfig config = AccessLogConfig.DEFAULT.withFields(Map.of(
                "n",
                "{attempts}",
                "none",
                "{header.x}",
                "text",
                "Zürich \"{query.a}\" {header.x}",
                "fixed \"\n",
                "\t"));
        JsonNode line = fields(line(config, new SampleSummary().withQuery("a=%22")));
        assertThat(line.get("n").isNumber()).isTrue();
        assertThat(line.get("none").isNull()).isTrue();
        assertThat(line.get("text").stringValue()).isEqualTo("Zürich \"\"\" ");
        assertThat(line.get("fixed \"\n").stringValue()).isEqualTo("\t");
    }

    // ── redaction

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "a=1&token=t0p&b=2          | a=1&token=***&b=2",
                "token=t0p                  | token=***",
                "TOKEN=t0p&Access_Token=x   | TOKEN=***&Access_Token=***",
                "to%6ben=t0p                | to%6ben=***",
                "a=1;token=t0p;b=2&c=3      | a=1;token=***&c=3",
                "token=a=b=c&x              | token=***&x",
                "token=&token               | token=***&token",
                "session=s&sessions=x       | session=***&sessions=x",
                "a=token&=b&&               | a=token&=b&&",
                "tok+en=1&token%=x&%74oken=y | tok+en=1&token%=x&%74oken=***",
            })
    void secrets_of_a_query_are_not_written(String query, String written) {
        AccessLogConfig config =
                AccessLogConfig.DEFAULT.withFormat("{request.query}").withRedact(List.of("query.session"));
        assertThat(line(config, new SampleSummary().withQuery(query)).strip()).isEqualTo(written);
    }

    @Test
    void a_value_that_is_hidden_only_says_that_it_is_there() {
        AccessLogConfig config = AccessLogConfig.DEFAULT
                .withFormat("{header.Authorization} {header.cookie} {header.x-pin} {query.PIN} {header.x-key}")
                .withRedact(List.of("header.X-Pin", "header.x-key", "query.pin"));
        SampleSummary summary = new SampleSummary()
                .withHeader("authorization", "Bearer t0p")
                .withHeader("X-PIN", "1234")
                .withQuery("PIN=1234");
        assertThat(line(config, summary)).isEqualTo("*** - *** *** -\n");
    }

    @Test
    void redaction_reaches_the_fields_of_json_as_well() {
        AccessLogConfig config = AccessLogConfig.DEFAULT
                .withFields(Map.of("auth", "{header.authorization}", "url", "{request.path}?{request.query}"))
                .withRedact(List.of("header.user-agent"));
        String line = line(
                config,
                new SampleSummary().withHeader("Authorization", "Basic s3cret").withQuery("password=s3cret"));
        assertThat(line).doesNotContain("s3cret").doesNotContain("curl");
        assertThat(fields(line).get("url").stringValue()).isEqualTo("/menus/r42?password=***");
    }

    // ── syslog

    @Test
    void a_message_to_syslog_has_its_header() {
        SyslogHeader header = new SyslogHeader(Facility.LOCAL0, "edge 1", "shop", 4711);
        LineFormat format = LineFormat.of(AccessLogConfig.DEFAULT.withFormat("{status}"));
        LineComposer composer = new LineComposer(format, header);
        assertThat(text(composer.compose(new SampleSummary())))
                .isEqualTo("<134>1 2026-11-22T12:04:31.123Z edge_1 shop 4711 access - 200\n");
        assertThat(text(composer.compose(new SampleSummary().withStatus(503)))).startsWith("<131>1 ");
    }

    private static String json(ExchangeSummary summary) {
        return line(AccessLogConfig.DEFAULT, summary);
    }

    private static String own(String format, ExchangeSummary summary) {
        String line = line(AccessLogConfig.DEFAULT.withFormat(format), summary);
        assertThat(line).endsWith("\n");
        return line.substring(0, line.length() - 1);
    }

    private static String line(AccessLogConfig config, ExchangeSummary summary) {
        return text(new LineComposer(LineFormat.of(config), null).compose(summary));
    }

    private static String text(Line line) {
        return new String(line.octets(), 0, line.length(), UTF_8);
    }

    private static JsonNode fields(String line) {
        return JSON.readTree(line);
    }
}
