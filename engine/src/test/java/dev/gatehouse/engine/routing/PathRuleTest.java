package dev.gatehouse.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.PathPattern;
import dev.gatehouse.api.RequestHead;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Rules and routes read the same path in the same way: a rule that sees another one guards nothing.
class PathRuleTest {
    private static final List<String> SEGMENTS = List.of("a", "b", "ab", "*", "{x}", "a*", "*b", "a*b", "");
    private static final List<String> PATH = List.of("a", "b", "ab", "aab", "axb", "c", "%C3%A9");

    @Test
    void a_rule_for_everything_below_covers_the_path_itself() {
        PathPattern admin = PathRule.of("/admin/**");
        for (String path : List.of("/admin", "/admin/", "/admin/users", "/admin/a/b/")) {
            assertThat(admin.matches(head(path))).as(path).isTrue();
        }
        for (String path : List.of("/", "/Admin", "/administrator", "/x/admin", "/admin;x", "*")) {
            assertThat(admin.matches(head(path))).as(path).isFalse();
        }
        assertThat(PathRule.of("/**").matches(head("*"))).isTrue();
        assertThat(PathRule.of("~^/v[0-9]+/admin.*$").matches(head("/v1/admin/x")))
                .isTrue();
    }

    @Test
    void a_parameter_is_what_stands_there_decoded() {
        PathPattern user = PathRule.of("/users/{id}/**");
        assertThat(user.parameters()).containsExactly("id", "rest");
        assertThat(user.parameter(head("/users/a%20b/c/d"), "id")).hasToString("a b");
        assertThat(user.parameter(head("/users/7/c/d"), "rest")).hasToString("c/d");
        assertThat(user.parameter(head("/other/7"), "id")).isNull();
        assertThat(user.parameter(head("/users/7"), "none")).isNull();
    }

    @Test
    void what_is_no_path_is_refused() {
        assertThatThrownBy(() -> PathRule.of("admin/**"))
                .hasMessage("'admin/**': a path starts with '/', a regular" + " expression with '~'");
        assertThatThrownBy(() -> PathRule.of("/a/../b")).hasMessageContaining("matches nothing");
    }

    @Test
    void rules_match_as_routes_do_one_by_one_and_all_at_once() {
        Random chance = new Random(20_250_101);
        int matched = 0;
        for (int round = 0; round < 2_000; round++) {
            List<PathRule> rules = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                rules.add(PathRule.of(pattern(chance)));
            }
            PathRules together = new PathRules(rules);
            for (int i = 0; i < 20; i++) {
                String path = path(chance);
                BitSet found = new BitSet();
                together.matching(head(path), found);
                for (int rule = 0; rule < rules.size(); rule++) {
                    String pattern = rules.get(rule).toString();
                    boolean routed = routes(pattern, path);
                    assertThat(rules.get(rule).matches(head(path)))
                            .as(pattern + " " + path)
                            .isEqualTo(routed);
                    assertThat(found.get(rule))
                            .as(pattern + " among others " + path)
                            .isEqualTo(routed);
                    matched += routed ? 1 : 0;
                }
            }
        }
        assertThat(matched).isGreaterThan(1_000);
    }

    @Test
    void two_patterns_that_share_a_path_are_never_told_apart() {
        Random chance = new Random(7);
        int apart = 0;
        for (int round = 0; round < 20_000; round++) {
            PathRule one = PathRule.of(pattern(chance));
            PathRule other = PathRule.of(pattern(chance));
            RequestHead head = head(path(chance));
            boolean both = one.matches(head) && other.matches(head);
            assertThat(both && !(one.mayMeet(other) && other.mayMeet(one)))
                    .as(one + " " + other + " " + head)
                    .isFalse();
            apart += one.mayMeet(other) ? 0 : 1;
        }
        assertThat(apart).as("pairs told apart").isGreaterThan(5_000);
    }

    private static boolean routes(String pattern, String path) {
        return RouteTable.<Integer>builder()
                        .add(RouteMatcher.of(pattern), 0)
                        .build()
                        .table()
                        .match(SampleRequest.of("GET", path), new RouteMatch<>())
                == RouteMatch.Outcome.FOUND;
    }

    private static String pattern(Random chance) {
        int length = 1 + chance.nextInt(4);
        int deep = chance.nextInt(2) == 0 ? chance.nextInt(length) : -1;
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < length; i++) {
            // Only the last segment may be empty, and a parameter needs a name of its own.
            String segment = SEGMENTS.get(chance.nextInt(i == length - 1 ? SEGMENTS.size() : SEGMENTS.size() - 1));
            pattern.append('/').append(i == deep ? "**" : segment.replace("x", "x" + i));
        }
        return pattern.toString();
    }

    private static String path(Random chance) {
        int length = 1 + chance.nextInt(4);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < length; i++) {
            path.append('/').append(PATH.get(chance.nextInt(PATH.size())));
        }
        return chance.nextInt(5) == 0 ? path.append('/').toString() : path.toString();
    }

    private static RequestHead head(String path) {
        return (RequestHead) Proxy.newProxyInstance(
                RequestHead.class.getClassLoader(),
                new Class<?>[] {RequestHead.class},
                (_, method, _) -> switch (method.getName()) {
                    case "path", "toString" -> path;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
