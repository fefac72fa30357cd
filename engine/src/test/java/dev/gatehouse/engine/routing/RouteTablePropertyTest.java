package dev.gatehouse.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.routing.NaiveRouter.Hit;
import dev.gatehouse.engine.routing.NaiveRouter.Question;
import dev.gatehouse.engine.routing.RouteTableBuilder.Built;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// The table against [NaiveRouter], on random tables and requests made of few words, so that they meet often.
class RouteTablePropertyTest {
    private static final int TABLES = 1000;
    private static final int REQUESTS = 120;

    private final Random random = new Random(20261122);
    private final RouteMatch<Integer> match = new RouteMatch<>();
    private int ties;
    private int shadowed;
    private int found;

    @Test
    void agrees_with_the_naive_router_on_every_request() {
        for (int i = 0; i < TABLES; i++) {
            List<RouteMatcher> routes = routes(1 + random.nextInt(25));
            Built<Integer> built = build(routes);
            NaiveRouter naive = new NaiveRouter(routes);
            Set<Integer> unreachable = checkProblems(built.problems(), naive);
            boolean decided = built.problems().stream().noneMatch(problem -> problem instanceof RouteProblem.Tie);
            for (int n = 0; n < REQUESTS; n++) {
                check(built.table(), naive, question(), decided, unreachable);
            }
        }
        // The words are chosen so that all of this happens.
        assertThat(ties).isGreaterThan(100);
        assertThat(shadowed).isGreaterThan(300);
        assertThat(found).isGreaterThan(TABLES * REQUESTS / 10);
    }

    private void check(
            RouteTable<Integer> table,
            NaiveRouter naive,
            Question question,
            boolean decided,
            Set<Integer> unreachable) {
        List<Hit> hits = naive.hits(question);
        Supplier<String> asked = () -> question + " of " + routesOf(table);
        switch (table.match(request(question), match)) {
            case FOUND -> {
                found++;
                assertThat(hits).as(asked).isNotEmpty();
                Hit first = hits.getFirst();
                Hit answered = hits.stream()
                        .filter(hit -> hit.route() == match.value())
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(match.value() + " does not match " + asked.get()));
                assertThat(naive.tie(first, answered, question))
                        .as(() -> answered + ", first " + first + ": " + asked.get())
                        .isTrue();
                if (decided) {
                    assertThat(answered).as(asked).isEqualTo(first);
                    boolean unique = hits.size() == 1 || !naive.tie(first, hits.get(1), question);
                    assertThat(unique)
                            .as(() -> "a tie nobody found: " + asked.get())
                            .isTrue();
                }
                assertThat(unreachable).as(asked).doesNotContain(match.value());
            }
            case METHOD_NOT_ALLOWED -> {
                assertThat(hits).as(asked).isEmpty();
                assertThat(match.allowed()).as(asked).containsExactlyInAnyOrderElementsOf(naive.allowed(question));
            }
            case NO_ROUTE -> {
                assertThat(hits).as(asked).isEmpty();
                assertThat(naive.allowed(question)).as(asked).isEmpty();
            }
        }
    }

    /// What is reported is true of its example; the answer is the routes nothing may reach.
    private Set<Integer> checkProblems(List<RouteProblem> problems, NaiveRouter naive) {
        Set<Integer> unreachable = new TreeSet<>();
        for (RouteProblem problem : problems) {
            switch (problem) {
                case RouteProblem.Tie tie -> {
                    ties++;
                    Question example = question(tie.example());
                    List<Hit> hits = naive.hits(example);
                    List<Hit> both = hits.stream()
                            .filter(hit -> hit.route() == tie.first() || hit.route() == tie.second())
                            .toList();
                    assertThat(both).as(tie.toString()).hasSize(2);
                    assertThat(naive.tie(both.getFirst(), both.getLast(), example))
                            .as(tie.toString())
                            .isTrue();
                }
                case RouteProblem.Shadowed shadow -> {
                    shadowed++;
                    unreachable.add(shadow.route());
                    assertThat(naive.hits(question(shadow.example())))
                            .as(shadow.toString())
                            .extracting(Hit::route)
                            .contains(shadow.route())
                            .containsAnyElementsOf(shadow.by())
                            .first()
                            .isNotEqualTo(shadow.route());
                }
                case RouteProblem.RegexNeedsPriority _, RouteProblem.BadPattern _ ->
                    throw new AssertionError(problem.toString());
            }
        }
        return unreachable;
    }

    // Random routes and requests

    private List<RouteMatcher> routes(int count) {
        List<RouteMatcher> routes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RouteMatcher route = RouteMatcher.of(pattern());
            if (chance(3)) {
                route = route.withHosts(chance(3) ? new String[] {word(HOSTS), "*.a.b"} : new String[] {word(HOSTS)});
            }
            if (chance(2)) {
                route = chance(3) ? route.withMethods(word(METHODS), word(METHODS)) : route.withMethods(word(METHODS));
            }
            if (chance(3)) {
                route = route.withHeader(word(NAMES), word(VALUES));
            }
            if (chance(4)) {
                route = route.withQuery(word(NAMES), word(VALUES));
            }
            routes.add(chance(8) ? route.withPriority(random.nextInt(3) - 1) : route);
        }
        return routes;
    }

    private static final List<String> HOSTS = List.of("a.b", "*.a.b", "x.a.b", "*.b", "*");
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT");
    private static final List<String> NAMES = List.of("p", "q");
    private static final List<String> VALUES = List.of("1", "12", "1*", "*", "!*");
    private static final List<String> WORDS = List.of("a", "b", "ab", "aab");
    private static final List<String> SEGMENTS = List.of("a", "b", "ab", "a*", "*b", "{x}", "*", "a{x}b", "**");

    private String pattern() {
        StringBuilder path = new StringBuilder();
        boolean deep = false;
        for (int i = random.nextInt(3); i >= 0; i--) {
            String segment = word(SEGMENTS).replace("x", "x" + (char) ('a' + i));
            if (!segment.equals("**") || !deep) {
                path.append('/').append(segment);
            }
            deep |= segment.equals("**");
        }
        return path + (path.isEmpty() || chance(8) ? "/" : "");
    }

    private Question question() {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            path.append('/').append(word(WORDS));
        }
        String end = chance(8) ? "/" : "";
        return new Question(
                word(List.of("GET", "HEAD", "POST", "PUT", "PATCH")),
                word(List.of("a.b", "x.a.b", "X.A.b", "y.x.a.b", "b", "c")),
                chance(30) ? "/" : path + end,
                pairs(),
                pairs());
    }

    private Map<String, String> pairs() {
        Map<String, String> pairs = new TreeMap<>();
        for (String name : NAMES) {
            if (chance(2)) {
                pairs.put(name, word(List.of("1", "12", "2")));
            }
        }
        return pairs;
    }

    private String word(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }

    // Between the two worlds

    private static Built<Integer> build(List<RouteMatcher> routes) {
        RouteTableBuilder<Integer> builder = RouteTable.builder();
        for (int i = 0; i < routes.size(); i++) {
            builder.add(routes.get(i), i);
        }
        return builder.build();
    }

    private static SampleRequest request(Question question) {
        SampleRequest request =
                SampleRequest.of(question.method(), question.path()).withHost(question.host() + ":80");
        for (Map.Entry<String, String> pair : question.query().entrySet()) {
            request = request.withQuery(pair.getKey(), pair.getValue());
        }
        for (Map.Entry<String, String> pair : question.headers().entrySet()) {
            request = request.withHeader(pair.getKey(), pair.getValue());
        }
        return request;
    }

    /// An example in words, read from its line: `GET host/path?q=1 with p: 1`.
    private static Question question(SampleRequest example) {
        String[] words = example.toString().split(" with ");
        String method = words[0].substring(0, words[0].indexOf(' '));
        String target = words[0].substring(method.length() + 1);
        int slash = target.indexOf('/');
        int mark = target.indexOf('?');
        Map<String, String> query =
                mark < 0 ? Map.of() : pairs(target.substring(mark + 1).split("&"), "=");
        return new Question(
                method,
                target.substring(0, slash),
                mark < 0 ? target.substring(slash) : target.substring(slash, mark),
                query,
                words.length == 1 ? Map.of() : pairs(words[1].split(", "), ": "));
    }

    private static Map<String, String> pairs(String[] pairs, String separator) {
        Map<String, String> found = new TreeMap<>();
        for (String pair : pairs) {
            String[] halves = pair.split(separator, 2);
            found.put(halves[0], halves[1]);
        }
        return found;
    }

    private static String routesOf(RouteTable<Integer> table) {
        List<RouteMatcher> routes = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            routes.add(table.matcher(i));
        }
        return routes.toString();
    }
}
