package dev.gatehouse.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.routing.RouteMatch.Outcome;
import java.util.ArrayList;
import java.util.List;

/// A table whose routes hold a name, for tests to ask.
final class Routes {
    private final RouteTable<String> table;
    private final RouteMatch<String> match = new RouteMatch<>();

    private Routes(RouteTable<String> table) {
        this.table = table;
    }

    /// A table without problems of routes that are called like their paths.
    static Routes of(String... paths) {
        RouteTableBuilder<String> builder = RouteTable.builder();
        for (String path : paths) {
            builder.add(RouteMatcher.of(path), path);
        }
        return checked(builder);
    }

    /// A table without problems of routes called `a`, `b`, `c` …
    static Routes of(RouteMatcher... matchers) {
        return checked(builder(matchers));
    }

    private static Routes checked(RouteTableBuilder<String> builder) {
        RouteTableBuilder.Built<String> built = builder.build();
        assertThat(built.problems()).isEmpty();
        return new Routes(built.table());
    }

    static List<RouteProblem> problems(RouteMatcher... matchers) {
        return builder(matchers).build().problems();
    }

    private static RouteTableBuilder<String> builder(RouteMatcher... matchers) {
        RouteTableBuilder<String> builder = RouteTable.builder();
        char name = 'a';
        for (RouteMatcher matcher : matchers) {
            builder.add(matcher, String.valueOf(name++));
        }
        return builder;
    }

    /// The name of the route, or `404`, or `405 GET HEAD`.
    String get(String target) {
        return find(SampleRequest.of("GET", target));
    }

    String find(SampleRequest request) {
        Outcome outcome = table.match(request, match);
        return switch (outcome) {
            case FOUND -> match.value();
            case NO_ROUTE -> "404";
            case METHOD_NOT_ALLOWED -> "405 " + String.join(" ", match.allowed());
        };
    }

    /// `id=42 rest=a/b` of the last match.
    String parameters() {
        List<String> pairs = new ArrayList<>();
        for (String name : match.parameterNames()) {
            pairs.add(name + "=" + match.parameter(name));
        }
        return String.join(" ", pairs);
    }

    RouteTable<String> table() {
        return table;
    }
}
