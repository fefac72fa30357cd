package dev.gatehouse.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurlLineTest {
    @Test
    void a_copied_command_line_is_the_request_it_would_send() {
        CurlLine.Request request = CurlLine.parse("""
                curl 'https://api.example/orders?full=1' \\
                  -X 'PUT' -H 'X-Version: 2' -H "Accept: application/json" \\
                  --data-raw $'{"name":"it\\'s"}' --compressed -sS
                """);

        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.url()).isEqualTo("https://api.example/orders?full=1");
        assertThat(text(request)).isEqualTo("{\"name\":\"it's\"}");
        assertThat(request.headers())
                .contains(Map.entry("X-Version", "2"), Map.entry("Accept", "application/json"))
                .contains(Map.entry("Content-Type", "application/x-www-form-urlencoded"))
                .extracting(Map.Entry::getKey)
                .contains("Accept-Encoding", "User-Agent")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "curl localhost/x                        | GET    | localhost/x     |",
                "curl -I localhost/x                     | HEAD   | localhost/x     |",
                "curl -d a=1 -d b=2 localhost/x          | POST   | localhost/x     | a=1&b=2",
                "curl -G -d a=1 localhost/x?b=2          | GET    | localhost/x?b=2&a=1 |",
                "curl --data-urlencode 'q=a b&c' host    | POST   | host            | q=a+b%26c",
                "curl --url host/x -XDELETE              | DELETE | host/x          |",
                "host/x -o /dev/null -m 5 -kv            | GET    | host/x          |",
                "curl --json '{}' host                   | POST   | host            | {}",
            })
    void method_address_and_body(String line, String method, String url, String body) {
        CurlLine.Request request = CurlLine.parse(line);
        assertThat(request.method()).isEqualTo(method);
        assertThat(request.url()).isEqualTo(url);
        assertThat(text(request)).isEqualTo(body == null ? "" : body);
    }

    @Test
    void what_curl_sends_by_itself_can_be_changed_and_taken_away() {
        assertThat(CurlLine.parse("curl -H 'Accept:' -A me -H 'X-Empty;' host").headers())
                .containsExactly(Map.entry("User-Agent", "me"), Map.entry("X-Empty", ""));
        assertThat(CurlLine.parse("curl -u alice:secret host").headers())
                .contains(Map.entry("Authorization", "Basic YWxpY2U6c2VjcmV0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl",
                "curl one two",
                "curl -H 'no header' host",
                "curl -F file=@x host",
                "curl --unheard-of host",
                "curl host -H",
                "curl 'host",
            })
    void what_is_not_understood_is_refused(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> CurlLine.parse(line));
    }

    private static String text(CurlLine.Request request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }
}
