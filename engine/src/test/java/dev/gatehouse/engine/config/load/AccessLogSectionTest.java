package dev.gatehouse.engine.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.AccessLogConfig;
import dev.gatehouse.engine.config.AccessLogTargetConfig;
import dev.gatehouse.engine.config.AccessLogTargetConfig.Facility;
import dev.gatehouse.engine.config.AccessLogTargetConfig.Stream;
import dev.gatehouse.engine.config.LogRotationConfig;
import dev.gatehouse.engine.config.Portion;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The section `telemetry.access_log`, as the user writes it.
class AccessLogSectionTest {
    private static final String REST = "routes:\n  - { path: /x, respond: { status: 204 } }\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "telemetry: {}",
                "telemetry: { access_log: none }",
                "telemetry: { access_log: { enabled: false, format: '{status}' } }"
            })
    void there_is_no_log_unless_one_is_written(String section) {
        assertThat(Loading.config(section + "\n" + REST).telemetry().accessLog())
                .isNull();
    }

    @Test
    void a_word_is_enough() {
        assertThat(log("stdout")).isEqualTo(AccessLogConfig.DEFAULT);
        assertThat(log("{}")).isEqualTo(AccessLogConfig.DEFAULT);
        assertThat(log("stderr").to()).isEqualTo(AccessLogTargetConfig.of(Stream.STDERR));
        assertThat(mistake("stdoat")).contains("did you mean 'stdout'?");
    }

    @Test
    void the_section_of_the_whole_language_is_read() {
        AccessLogConfig log = log("{ to: stdout, format: json, sample: 1.0,"
                + " redact: [header.authorization, header.x-api-key, query.token] }");
        assertThat(log)
                .isEqualTo(AccessLogConfig.DEFAULT.withRedact(
                        List.of("header.authorization", "header.x-api-key", "query.token")));
    }

    @Test
    void a_file_is_rotated_and_syslog_has_a_facility() {
        assertThat(
                        log("{ to: { file: /var/log/x.log, rotate: { size: 100MiB, keep: 3, daily: true, compress: true } } }")
                                .to())
                .isEqualTo(
                        AccessLogTargetConfig.file("/var/log/x.log", new LogRotationConfig(100L << 20, true, 3, true)));
        assertThat(log("{ to: { syslog: \"tcp://logs:601\", facility: local3 } }")
                        .to())
                .isEqualTo(new AccessLogTargetConfig(null, null, null, "tcp://logs:601", Facility.LOCAL3));
        assertThat(log("{ to: { syslog: \"udp://[::1]\" } }").to().facility()).isEqualTo(Facility.LOCAL0);
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1", "1, 1", "0.25, 0.25", "10%, 0.1", "0%, 0", "0.5%, 0.005", "100%, 1"})
    void a_share_is_written_as_percent_or_as_a_fraction(String written, double share) {
        assertThat(log("{ sample: " + written + " }").sample()).isEqualTo(new Portion(share));
    }

    @Test
    void fields_are_texts_with_places() {
        assertThat(log("{ fields: { tenant: '{header.x-tenant}', stage: test } }")
                        .fields())
                .isEqualTo(Map.of("tenant", "{header.x-tenant}", "stage", "test"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ sample: 110% }                            | '110%' is no share",
                "{ sample: 10 }                              | '10' is no share",
                "{ sample: -1% }                             | '-1%' is no share",
                "{ to: { file: a.log, syslog: 'udp://x' } }  | lines go to one place",
                "{ to: { rotate: { daily: true } } }         | only a file is rotated",
                "{ to: { file: a.log, rotate: {} } }         | never happens",
                "{ to: { file: a.log, rotate: { size: 1KiB } } } | expected: 64KiB to",
                "{ to: { facility: mail } }                  | only syslog has one",
                "{ to: { syslog: 'logs:514' } }              | expected: udp://host:514",
                "{ to: { syslog: 'udp://logs/path' } }       | expected: udp://host:514",
                "{ to: { syslog: 'unix://host/sock' } }      | expected: udp://host:514",
                "{ to: { syslog: 'tls://logs:6514' } }       | expected: udp://host:514",
                "{ to: nowhere }                             | 'nowhere'",
                "{ format: jsn }                             | the same for every request",
                "{ format: '{status' }                       | is not closed",
                "{ format: \"{status}\\nx\" }                | end of a line",
                "{ format: '{status}', fields: { a: b } }    | only JSON has fields",
                "{ format: '{status} {consumer.nam}' }       | knows no {consumer.nam}",
                "{ format: '{status} {user}' }               | written {jwt.sub}",
                "{ fields: { path: x } }                     | is there already",
                "{ fields: { x: '{consumer}' } }             | written {consumer.id}",
                "{ redact: [authorization] }                 | expected: header.NAME or query.NAME",
                "{ redact: ['header.a b'] }                  | not a field name",
                "{ buffer: 1KiB }                            | 256KiB",
                "{ samples: 1 }                              | did you mean 'sample'",
            })
    void what_makes_no_sense_is_refused_with_what_does(String written, String said) {
        assertThat(mistake(written)).contains(said);
    }

    @Test
    void a_word_of_a_line_that_is_not_known_is_shown_where_it_stands() {
        assertThat(mistake("{ format: \"{client.ip} {statis} {duration_ms}\" }"))
                .isEqualTo("""
                        error[GH1103] 'format': a line of the access log knows no {statis}
                          ┌ gateway.yaml:1:50
                         1│ telemetry: { access_log: { format: "{client.ip} {statis} {duration_ms}" } }
                          │                                                  ^^^^^^ did you mean 'status'?
                          = known here: attempts, bytes_in, bytes_out, client.certificate.fingerprint, \
                        client.certificate.issuer, client.certificate.serial, client.certificate.subject, client.ip, \
                        client.tls.protocol, client.tls.server_name, close_code, consumer.credential, consumer.id, consumer.plan, decided_by, duration_ms, error_code, \
                        error_message, grpc_status, header.NAME, instance, jwt.NAME, query.NAME, request.host, request.id, request.method, \
                        request.path, request.protocol, request.query, request.scheme, route, service, service_ms, \
                        status, timestamp, trace_id
                        """);
        assertThat(mistake("{ format: \"{status} {heder.x-tenant}\" }")).contains("did you mean 'header.x-tenant'?");
    }

    @ParameterizedTest
    @CsvSource({"status_code, status", "method, request.method", "client_ip, client.ip", "user_agent, header.user-agent"
    })
    void a_word_of_the_json_line_leads_to_that_of_an_own_one(String word, String meant) {
        assertThat(mistake("{ format: \"{status} {" + word + "}\" }"))
                .contains("{" + word + "} is written {" + meant + "} here");
        assertThat(mistake("{ fields: { x: \"{" + word + "}\" } }"))
                .contains("'x': {" + word + "} is written {" + meant + "} here");
    }

    private static AccessLogConfig log(String section) {
        return Objects.requireNonNull(Loading.config("telemetry: { access_log: " + section + " }\n" + REST)
                .telemetry()
                .accessLog());
    }

    private static String mistake(String section) {
        Loaded loaded = Loading.load("telemetry: { access_log: " + section + " }\n" + REST);
        return TextReport.of(loaded.diagnostics());
    }
}
