package dev.gatehouse.http1;

import static dev.gatehouse.http1.Heads.request;
import static dev.gatehouse.http1.Heads.requestFault;
import static dev.gatehouse.http1.Heads.written;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 3986 §6.2.2 and RFC 9112 §3.2: one path for matching, authorising and forwarding.
class RequestTargetTest {
    private static final String REST = " HTTP/1.1\r\nHost: a\r\n\r\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # already normal
            /                            | /
            /a                           | /a
            /a/                          | /a/
            /A/b                         | /A/b
            /.well-known/x               | /.well-known/x
            /a.b/c..d/e.                 | /a.b/c..d/e.
            /...                         | /...
            /..a                         | /..a
            /a;v=1/b                     | /a;v=1/b
            /a;                          | /a;
            /.a;b                        | /.a;b
            /!$&'()*+,=:@~_-             | /!$&'()*+,=:@~_-
            /[x]{y}                      | /[x]{y}
            # slashes
            //                           | /
            //admin                      | /admin
            ///admin//x                  | /admin/x
            /a//                         | /a/
            # dot segments
            /.                           | /
            /./                          | /
            /./admin                     | /admin
            /x/../admin                  | /admin
            /x/..                        | /
            /x/y/..                      | /x/
            /x/y/../                     | /x/
            /x/./y/../../z               | /z
            /a/b/c/./../../g             | /a/g
            /x//../admin                 | /admin
            /a/.                         | /a/
            //..a                        | /..a
            # escapes
            /%61dmin                     | /admin
            /%41                         | /A
            /%2D%2e%5F%7E                | /-._~
            /%30%39                      | /09
            /x/%2e%2e/admin              | /admin
            /x/.%2E/admin                | /admin
            /%2e/admin                   | /admin
            /%2ewell-known               | /.well-known
            /%20                         | /%20
            /a%3ab                       | /a%3Ab
            /%3f%23%25                   | /%3F%23%25
            /%252e%252e/                 | /%252e%252e/
            /%252f                       | /%252f
            /%3b                         | /%3B
            /%7b%7C                      | /%7B%7C
            # UTF-8
            /%c3%a9                      | /%C3%A9
            /%C2%80                      | /%C2%80
            /%df%bf                      | /%DF%BF
            /%e0%a0%80                   | /%E0%A0%80
            /%ed%9f%bf                   | /%ED%9F%BF
            /%ee%80%80                   | /%EE%80%80
            /%ef%bf%bf                   | /%EF%BF%BF
            /%f0%90%80%80                | /%F0%90%80%80
            /%f4%8f%bf%bf                | /%F4%8F%BF%BF
            /caf%c3%a9/../%e2%82%ac      | /%E2%82%AC
            """)
    void every_spelling_of_a_path_becomes_its_normal_form(String sent, String normal) {
        assertThat(request("GET " + sent + REST).path()).isEqualTo(normal);
        assertThat(request("GET " + sent + "?q=/../%2f" + REST).path()).isEqualTo(normal);
        assertThat(request("GET http://h" + sent + REST).path()).isEqualTo(normal);
        assertThat(request("GET " + normal + REST).path()).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/../",
                "/../x",
                "/a/../..",
                "/a/../../b",
                "/./..",
                "//..",
                "/%2e%2e",
                "/%2e./x",
                "/a/..//..",
                // parameters on dot segments: a servlet container drops them and then climbs
                "/..;",
                "/a/..;/b",
                "/a/..;x=1/b",
                "/.;/b",
                "/a/%2e%2e;/b",
                "/a/..%3b/b",
                "/a/.%3B",
                // what a service that decodes slashes would climb by
                "/a/..%2fadmin",
                "/a/%2e%2e%2fadmin",
                "/a/.%2F..%2Fadmin",
                "/a/b%2f..",
                "/a/b%2f../c",
                "/a/b%2f..%2f..%2fadmin",
                "/a/b%2f.",
                "/a/b%2f..;x/c",
                "/a/..;%2fadmin",
                "/a/..%5cadmin",
                "/a/b%5c%2e%2E",
                "/a/b%2f..%5cc/d"
            })
    void a_path_that_leads_out_of_its_root_is_refused(String sent) {
        assertThat(requestFault("GET " + sent + REST)).isEqualTo(HeadFault.TARGET_DOT_SEGMENTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%00",
                "/%2f%00",
                "/%0d%0a",
                "/%0A",
                "/%09",
                "/%1f",
                "/%7f",
                "/%",
                "/%4",
                "/%zz",
                "/%4g",
                "/%g4",
                "/%%41",
                "/a%?x",
                "/%u0041",
                "/%2",
                "/%2/",
                // not UTF-8: a tail alone, a lead alone, cut off, over-long, surrogates, beyond U+10FFFF
                "/%80",
                "/%bf",
                "/%c3",
                "/%c3/",
                "/%c3a9",
                "/%c3%",
                "/%c3%4",
                "/%c3%28",
                "/%c3%c3",
                "/%c0%af",
                "/%c1%81",
                "/%e0%80%af",
                "/%e0%9f%bf",
                "/%e2%82",
                "/%e2%82/%ac",
                "/%ed%a0%80",
                "/%f0%80%80%af",
                "/%f0%8f%bf%bf",
                "/%f4%90%80%80",
                "/%f5%80%80%80",
                "/%ff",
                "/%fe%fe",
                "/%f0%9f%98"
            })
    void a_broken_or_ambiguous_escape_is_refused(String sent) {
        assertThat(requestFault("GET " + sent + REST)).isEqualTo(HeadFault.TARGET_ENCODING_INVALID);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /%2f                         | /%2F             | true  | false
            /a%2Fb                       | /a%2Fb           | true  | false
            /a%5cb/c                     | /a%5Cb/c         | false | true
            /%2f%2f/%5C                  | /%2F%2F/%5C      | true  | true
            /a/..b%2f.c%5cd..            | /a/..b%2F.c%5Cd..| true  | true
            /%2f.../x                    | /%2F.../x        | true  | false
            # whole segments are climbed over; what was sent is told all the same
            /a%2fb/../c                  | /c               | true  | false
            /a%5cb/%2e%2e/%61            | /a               | false | true
            # not escapes of a slash
            /%252f%255c                  | /%252f%255c      | false | false
            /%c3%af?%2f%5c               | /%C3%AF          | false | false
            """)
    void an_escaped_slash_stays_in_its_segment_and_is_told(
            String sent, String normal, boolean slash, boolean backslash) {
        ParsedRequest request = request("GET " + sent + REST);

        assertThat(request.path()).isEqualTo(normal);
        assertThat(request.hasEncodedSlash()).isEqualTo(slash);
        assertThat(request.hasEncodedBackslash()).isEqualTo(backslash);
        assertThat(request("GET http://h" + sent + REST).path()).isEqualTo(normal);
    }

    @Test
    void the_next_request_does_not_inherit_an_escaped_slash() {
        ParsedRequest request = request("GET /a%2fb%5c" + REST);
        request.reset();

        assertThat(request.hasEncodedSlash()).isFalse();
        assertThat(request.hasEncodedBackslash()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "\\", "\0", "\1", "\t", "\u007f", "\u0080", "\u00ff", " "})
    void an_octet_that_no_target_has_is_refused_in_path_and_query(String octet) {
        assertThat(requestFault("GET /a" + octet + REST)).isEqualTo(HeadFault.TARGET_INVALID);
        assertThat(requestFault("GET /%41" + octet + "b" + REST)).isEqualTo(HeadFault.TARGET_INVALID);
        assertThat(requestFault("GET /a?b" + octet + REST)).isEqualTo(HeadFault.TARGET_INVALID);
        assertThat(requestFault("GET http://a/" + octet + REST)).isEqualTo(HeadFault.TARGET_INVALID);
        assertThat(requestFault("GET http://a?" + octet + REST)).isEqualTo(HeadFault.TARGET_INVALID);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "key=s,            none",
                "key,              none",
                "a=1&key=s,        a=1",
                "key=s&a=1,        a=1",
                "key=s&a=1&key=t,  a=1",
                "a=1&key=s&b=2,    a=1&b=2",
                "a=1&%6bey=s,      a=1",
                "a=1&KEY=s&keys=2, a=1&KEY=s&keys=2",
                "&a=1&&key=s&,     &a=1&&",
            })
    void a_parameter_that_is_taken_out_is_not_written_on_and_was_asked_all_the_same(
            String query, @Nullable String left) {
        ParsedRequest request = request("GET /a?" + query + REST);

        request.removeParameter("none".getBytes(US_ASCII));
        request.removeParameter("key".getBytes(US_ASCII));

        assertThat(request.hasQuery()).isEqualTo(left != null);
        assertThat(request.query()).isEqualTo(left == null ? "" : left);
        assertThat(request.asksQuery()).isTrue();
        assertThat(request.text(request.askedQueryStart(), request.askedQueryEnd()))
                .isEqualTo(query);
        assertThat(request.path()).isEqualTo("/a");
        assertThat(written(request)).isEqualTo(written(request("GET /a" + REST)));
    }

    @Test
    void the_next_request_does_not_inherit_what_was_taken_out() {
        ParsedRequest request = request("GET /a?key=" + "s".repeat(1500) + "&b=1" + REST);
        request.removeParameter("key".getBytes(US_ASCII));
        assertThat(request.query()).isEqualTo("b=1");
        request.reset();

        assertThat(request.asksQuery()).isFalse();
        assertThat(request.hasQuery()).isFalse();
        assertThat(request.askedQueryEnd()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b", "a=/../%2f//%c0%af", "?", "a?b", "%41%ff", ";", "a[]={}|'\"<>"})
    void a_query_is_forwarded_as_it_came(String query) {
        ParsedRequest request = request("GET /a?" + query + REST);

        assertThat(request.path()).isEqualTo("/a");
        assertThat(request.hasQuery()).isTrue();
        assertThat(request.query()).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%", "a%", "%4", "%zz", "%4x", "a=%2"})
    void a_broken_escape_in_a_query_is_refused(String query) {
        assertThat(requestFault("GET /?" + query + REST)).isEqualTo(HeadFault.TARGET_ENCODING_INVALID);
        assertThat(requestFault("GET http://a?" + query + REST)).isEqualTo(HeadFault.TARGET_ENCODING_INVALID);
    }

    @Test
    void the_host_of_an_absolute_target_wins_over_the_host_field() {
        ParsedRequest request = request("GET http://Target.example:81/x?y HTTP/1.1\r\nHost: field\r\nA: b\r\n\r\n");

        assertThat(request.isAbsolute()).isTrue();
        assertThat(request.host()).isEqualTo("Target.example:81");
        assertThat(request.path()).isEqualTo("/x");
        assertThat(request.query()).isEqualTo("y");
        assertThat(written(request)).isEqualTo("A: b\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "http://h, /, false, ''",
        "http://h/, /, false, ''",
        "HTTPS://h, /, false, ''",
        "hTTp://h?, /, true, ''",
        "http://h?q=/%2f, /, true, q=/%2f",
        "https://h?q, /, true, q",
        "https://h/../x, '', , ",
        "https://h//a/./b?, /a/b, true, ''"
    })
    void an_absolute_target_has_a_path_and_a_query_too(String target, String path, Boolean hasQuery, String query) {
        if (path.isEmpty()) {
            assertThat(requestFault("GET " + target + REST)).isEqualTo(HeadFault.TARGET_DOT_SEGMENTS);
            return;
        }
        ParsedRequest request = request("GET " + target + REST);

        assertThat(request.host()).isEqualTo("h");
        assertThat(request.path()).isEqualTo(path);
        assertThat(request.hasQuery()).isEqualTo(hasQuery);
        assertThat(request.query()).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http:///x",
                "http://?x",
                "https:///",
                "http://u@h/",
                "http://h:/",
                "http://h:99999/",
                "http://a\\b/"
            })
    void an_absolute_target_needs_a_valid_host(String target) {
        assertThat(requestFault("GET " + target + REST)).isEqualTo(HeadFault.AUTHORITY_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a:443", "*", "*/", "ftp://h/", "http:/h/", "http:h", "http://", "?x", "%2f", "file:///x"})
    void any_other_form_of_target_is_refused(String target) {
        assertThat(requestFault("GET " + target + REST)).isEqualTo(HeadFault.TARGET_INVALID);
    }

    @Test
    void an_asterisk_is_for_options_only() {
        ParsedRequest request = request("OPTIONS *" + REST);

        assertThat(request.path()).isEqualTo("*");
        assertThat(request.hasQuery()).isFalse();
        assertThat(request.host()).isEqualTo("a");
        assertThat(requestFault("options *" + REST)).isEqualTo(HeadFault.TARGET_INVALID);
        assertThat(requestFault("OPTIONS *?x" + REST)).isEqualTo(HeadFault.TARGET_INVALID);
    }
}
