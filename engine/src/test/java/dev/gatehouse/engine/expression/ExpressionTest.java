package dev.gatehouse.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.api.expression.Expression;
import dev.gatehouse.api.expression.ExpressionException;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.identity.Plan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final Identity ALICE = new Identity(
            "customer",
            "u1",
            new Consumer(
                    "acme",
                    new Plan("pro", new Plan.Allowance(null, null, null), Map.of()),
                    Set.of("gold", "early"),
                    Set.of()),
            "k_1",
            new TreeSet<>(Set.of("customer", "with blank")),
            Set.of("orders.read", "https://api.example/write"),
            Map.of(
                    "tenant",
                    42L,
                    "score",
                    1.5,
                    "verified",
                    true,
                    "aud",
                    List.of("shop", "back"),
                    "realm_access",
                    Map.of("roles", List.of("r1")),
                    "name",
                    "Alice"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jwt.sub == path.userId",
                "path.userId == jwt.sub",
                "jwt.sub == 'u1'",
                "jwt.sub == \"u1\"",
                "jwt.sub != 'u2'",
                "role:customer",
                "role:'with blank'",
                "scope:orders.read and scope:https://api.example/write",
                "group:gold",
                "consumer.plan == 'pro' and consumer.id == 'acme'",
                "'gold' in consumer.groups",
                "'silver' not in consumer.groups",
                "'r1' in jwt.realm_access.roles",
                "'shop' in jwt.aud",
                "'Alice' in jwt.name",
                "jwt.name in ['Bob', 'Alice']",
                "jwt.name not in ['Bob']",
                "jwt.tenant == 42",
                "jwt.tenant == '42'",
                "jwt.tenant == header.x-tenant",
                "jwt.tenant > 41 and jwt.tenant >= 42 and jwt.tenant < 42.5 and jwt.tenant <= 42",
                "jwt.score > 1 and jwt.score == 1.50",
                "query.page <= 10",
                "query.page == 7",
                "jwt.verified == true and jwt.verified != false",
                "header.x exists",
                "exists header.x",
                "exists(header.x)",
                "not header.none exists",
                "not (role:admin or role:support)",
                "not not role:customer",
                "request.method in ['GET','HEAD']",
                "client.ip in ['10.0.0.0/8', '192.168.0.1']",
                "client.ip == '10.1.2.3'",
                "client.ip not in ['192.168.0.0/16']",
                "client.ip != '192.168.0.1'",
                "header.x matches 'a+b'",
                "role:admin or role:customer and header.x == 'aab'",
                "(role:admin or role:customer) and header.x exists",
                " \t\nrole:customer\r\n",
            })
    void holds(String text) {
        assertThat(test(text)).as(text).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jwt.sub == 'u2'",
                "role:Customer",
                "scope:orders",
                "group:customer",
                "jwt.none == 'x'",
                "jwt.none != 'x'",
                "'x' != jwt.none",
                "jwt.none not in ['x']",
                "jwt.none in ['x']",
                "jwt.none < 1",
                "jwt.none == jwt.none",
                "jwt.none != jwt.none2",
                "'x' not in jwt.none",
                "header.none != 'x'",
                "header.none matches '.*'",
                "jwt.none exists",
                "jwt.aud == 'shop'",
                "jwt.aud != 'other'",
                "jwt.aud not in ['other']",
                "jwt.name < 5",
                "jwt.name != 5",
                "jwt.verified != 'false'",
                "query.page < 7",
                "query.word >= 0",
                "header.x matches 'a'",
                "client.ip in ['192.168.0.0/16']",
                "role:admin or role:support and role:customer",
                "not role:customer or role:admin",
                "consumer.roles == jwt.sub or role:admin or 'x' in user.roles"
            })
    void does_not_hold(String text) {
        if (text.startsWith("consumer.roles ==")) {
            assertThatThrownBy(() -> read(text)).isInstanceOf(ExpressionException.class);
        } else {
            assertThat(test(text)).as(text).isFalse();
        }
    }

    @Test
    void nobody_has_roles_claims_or_plans() {
        for (String text : List.of(
                "role:customer",
                "scope:a",
                "group:a",
                "jwt.sub != 'x'",
                "consumer.plan != 'x'",
                "user.id != 'x'",
                "'a' not in user.roles",
                "jwt.sub exists")) {
            assertThat(read(text).test(new AskedExchange().exchange())).as(text).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "`` ¦ 0 ¦ expected a value, not the end",
                "jwt.sub ¦ 0 ¦ 'jwt.sub' alone is no condition: compare it, or write 'jwt.sub exists'",
                "jwt.sub == path.userid ¦ 11 ¦ the path has no parameter {userid}; did you mean 'path.userId'?",
                "jwtt.sub == 'x' ¦ 0 ¦ 'jwtt.sub' is not known; a fact begins with one of client, consumer, cookie, header,"
                        + " jwt, path, query, request, user; did you mean 'jwt.sub'?",
                "userId == 'x' ¦ 0 ¦ 'userId' is a parameter of the path: write path.userId",
                "admin ¦ 0 ¦ 'admin' is not known; a text has quotes, a role is written role:admin",
                "jwt == 'x' ¦ 0 ¦ 'jwt' needs a name behind a dot, such as jwt.x",
                "consumer.plam == 'x' ¦ 0 ¦ there is no 'consumer.plam'; did you mean 'consumer.plan'?",
                "client.ipp == '1' ¦ 0 ¦ there is no 'client.ipp'; did you mean 'client.ip'?",
                "roles:admin ¦ 0 ¦ 'roles:' is not known (there are: role:, scope:, group:); did you mean 'role'?",
                "role: admin ¦ 0 ¦ a name follows 'role:', without a blank between",
                "role:a && role:b ¦ 7 ¦ write 'and' for '&&'",
                "role:a || role:b ¦ 7 ¦ write 'or' for '||'",
                "!role:a ¦ 0 ¦ write 'not' for '!'",
                "jwt.sub = 'x' ¦ 8 ¦ write '==' for '='",
                "role:a an role:b ¦ 7 ¦ expected 'and', 'or' or the end behind 'role:a', not 'an'; did you mean 'and'?",
                "role:a) ¦ 6 ¦ this ')' closes nothing",
                "(role:a ¦ 0 ¦ this '(' is not closed",
                "jwt.sub == 'x ¦ 11 ¦ this quote is not closed",
                "jwt.x > 'a' ¦ 8 ¦ '>' is for numbers, and 'a' is none; a number has no quotes",
                "header.x > query.y ¦ 9 ¦ '>' is for numbers, and both sides are texts",
                "5 > ['a'] ¦ 4 ¦ a list is asked with 'in', not compared",
                "user.roles == 5 ¦ 0 ¦ 'user.roles' is a list: write 5 in user.roles",
                "user.roles in ['a'] ¦ 0 ¦ 'user.roles' is a list: one value stands before 'in', such as 'a' in user.roles",
                "'a' in header.x ¦ 7 ¦ 'in' wants a list: header.x is one value; write [ header.x ], or compare with '=='",
                "header.x == true ¦ 12 ¦ 'header.x' is a text, never true; write 'true' in quotes",
                "'a' == 'a' ¦ 0 ¦ this is the same for every request: one side has to be a fact, such as jwt.sub",
                "client.ip in ['10.0.0.0/8', '10.0.0.0/99'] ¦ 28 ¦ '10.0.0.0/99': the prefix length is at most 32",
                "client.ip < '10.0.0.1' ¦ 10 ¦ '<' is for numbers; addresses are asked with 'in'",
                "header.x matches 'a(' ¦ 18 ¦ not a regular expression of RE2: missing closing )",
                "header.x matches query.y ¦ 17 ¦ 'matches' wants a regular expression in quotes, not 'query.y'",
                "jwt.a in [] ¦ 10 ¦ a list holds texts in quotes and numbers, not ']'",
                "jwt.a in ['x' 'y'] ¦ 14 ¦ expected ',' or ']', not the text 'y'",
                "jwt.a == 1.2.3 ¦ 9 ¦ '1.2.3' is not a number",
                "jwt.a == 10s ¦ 9 ¦ a number is digits, with a '.' or without; a text has quotes",
                "T(java.lang.Runtime) ¦ 0 ¦ 'T' is not known; a text has quotes, a role is written role:T",
                "jwt.a == ${x} ¦ 9 ¦ '$' means nothing here",
                "jwt.a not 'x' ¦ 10 ¦ expected 'in' behind 'not'",
            })
    void what_makes_no_sense_is_told_where_it_stands(String text, int offset, String message) {
        ExpressionException mistake = catchThrowableOfType(ExpressionException.class, () -> read(text));
        assertThat(mistake).as(text).hasMessage(message);
        assertThat(mistake.offset()).as(text).isEqualTo(offset);
        assertThat(mistake.expression()).isEqualTo(text);
    }

    @Test
    void what_is_nested_without_end_is_an_error_and_no_overflow() {
        assertThatThrownBy(() -> read("(".repeat(100_000) + "role:a" + ")".repeat(100_000)))
                .hasMessage("an expression has at most 4096 characters");
        assertThatThrownBy(() -> read("(".repeat(2000) + "role:a" + ")".repeat(2000)))
                .hasMessage("nested deeper than 50");
        assertThatThrownBy(() -> read("not ".repeat(1000) + "role:a")).hasMessage("nested deeper than 50");
        assertThat(test("(".repeat(40) + "role:customer" + ")".repeat(40))).isTrue();
        assertThat(test("role:a or ".repeat(400) + "role:customer")).isTrue();
    }

    @Test
    void why_names_what_decided_with_values_that_are_no_secrets() {
        assertThat(why("jwt.sub == path.other")).isEqualTo("jwt.sub (u1) == path.other (u2) is false");
        assertThat(why("role:support")).isEqualTo("role:support (you: customer, with blank) is false");
        assertThat(why("role:customer and header.x == 'secret'")).isEqualTo("header.x == 'secret' is false");
        assertThat(why("role:a or jwt.none == 'x'"))
                .isEqualTo("role:a (you: customer, with blank) is false, jwt.none (missing) == 'x' is false");
        assertThat(why("client.ip in ['10.0.0.0/8']")).isEqualTo("client.ip (10.1.2.3) in ['10.0.0.0/8'] is true");
        assertThat(read("role:a").why(new AskedExchange().exchange())).isEqualTo("role:a (nobody is known) is false");
    }

    private static boolean test(String text) {
        return read(text).test(asked().exchange());
    }

    private static String why(String text) {
        return read(text).why(asked().exchange());
    }

    private static AskedExchange asked() {
        return new AskedExchange()
                .by(ALICE)
                .with("userId", "u1")
                .with("other", "u2")
                .with("header.x", "aab")
                .with("header.x-tenant", "42")
                .with("query.page", "7")
                .with("query.word", "1e3")
                .with("request.method", "GET")
                .from("10.1.2.3");
    }

    private static Expression read(String text) {
        return ExpressionReader.read(text, PathValues.ofRoute(Set.of("userId", "other")));
    }
}
