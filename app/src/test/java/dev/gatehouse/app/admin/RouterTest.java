package dev.gatehouse.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private final Router router =
            new Router(List.of(at("/health"), at("/services/{s}"), at("/services/{s}/instances/{i}")));

    @Test
    void segments_are_cut_before_they_are_decoded() {
        assertThat(names("/services/order-service")).isEqualTo(Map.of("s", "order-service"));
        assertThat(names("/services/GET%20%2Fmenus%2F%7Bid%7D")).isEqualTo(Map.of("s", "GET /menus/{id}"));
        assertThat(names("/services/a+b/instances/%5B::1%5D:8080")).isEqualTo(Map.of("s", "a+b", "i", "[::1]:8080"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/health/",
                "//health",
                "/Health",
                "/health/../health",
                "/services/",
                "/services",
                "/%68ealth"
            })
    void a_path_is_taken_as_it_stands(String path) {
        assertThat(router.match(path)).isNull();
    }

    private Map<String, String> names(String path) {
        Router.Match match = router.match(path);
        assertThat(match).as(path).isNotNull();
        return match.names();
    }

    private static Resource at(String path) {
        return new Resource() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public List<Operation> operations() {
                return List.of();
            }
        };
    }
}
