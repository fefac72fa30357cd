package dev.gatehouse.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.policy.Everywhere;
import dev.gatehouse.api.policy.FileContext;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EverywhereTest {
    private static final String THREE_ROUTES = """
            routes:
              - { path: /users/**, respond: 204 }
              - { path: /menus/**, respond: 204 }
              - { path: /tables/**, respond: 204, name: tables }
            """;

    private final List<String> asked = new ArrayList<>();

    @Test
    void a_slot_is_asked_once_for_the_file_and_then_for_each_route() {
        ConfigCheck check = check(THREE_ROUTES, file -> route -> {
            asked.add("route " + route.name() + " " + route.path());
            return List.of(new Staged(Stage.AUTHORIZE, new Policy() {}));
        });

        assertThat(check.diagnostics()).isEmpty();
        assertThat(asked)
                .containsExactly(
                        "file",
                        "route ANY /users/** /users/**",
                        "route ANY /menus/** /menus/**",
                        "route tables /tables/**");
    }

    @Test
    void a_slot_that_has_nothing_for_every_route_is_not_asked_again() {
        check(THREE_ROUTES, file -> null);

        assertThat(asked).containsExactly("file");
    }

    @Test
    void a_file_without_routes_has_nothing_to_ask_for() {
        check("routes: []\n", file -> null);

        assertThat(asked).isEmpty();
    }

    @Test
    void what_a_slot_has_to_say_of_the_file_is_said_once() {
        ConfigCheck check = check(THREE_ROUTES, file -> {
            file.warn("routes", "there are few of them");
            return null;
        });

        assertThat(check.diagnostics()).extracting(Diagnostic::path).containsExactly("routes");
    }

    @Test
    void a_slot_that_refuses_the_file_refuses_it_once() {
        ConfigCheck check = check(THREE_ROUTES, file -> {
            throw new IllegalArgumentException("nobody can stand there");
        });

        assertThat(check.diagnostics()).singleElement().satisfies(mistake -> {
            assertThat(mistake.isError()).isTrue();
            assertThat(mistake.label()).isEqualTo("nobody can stand there");
        });
    }

    @Test
    void a_slot_that_fails_for_one_route_leaves_the_others_alone() {
        ConfigCheck check = check(THREE_ROUTES, file -> route -> {
            asked.add(route.path().toString());
            if (route.path().toString().equals("/menus/**")) {
                throw new IllegalArgumentException("not here");
            }
            return List.of();
        });

        assertThat(asked).containsExactly("file", "/users/**", "/menus/**", "/tables/**");
        assertThat(check.diagnostics()).extracting(Diagnostic::path).containsExactly("routes[1].guard");
    }

    private ConfigCheck check(String yaml, Function<FileContext, @Nullable Everywhere> everywhere) {
        LoadOptions options = LoadOptions.standard(new Extensions(List.of(new Guard(everywhere)), List.of()));
        return ConfigCheck.dryRun(ConfigLoader.load(
                new SourceFile("gateway.yaml", Path.of("gateway.yaml").toAbsolutePath(), yaml), options));
    }

    @Settings(name = "guard", value = "A guard at every door.")
    public record GuardConfig() {}

    private final class Guard implements PolicyFactory<GuardConfig> {
        private final Function<FileContext, @Nullable Everywhere> everywhere;

        private Guard(Function<FileContext, @Nullable Everywhere> everywhere) {
            this.everywhere = everywhere;
        }

        @Override
        public String name() {
            return "guard";
        }

        @Override
        public Class<GuardConfig> configType() {
            return GuardConfig.class;
        }

        @Override
        public List<Staged> create(GuardConfig config, PolicyContext context) {
            return List.of();
        }

        @Override
        public @Nullable Everywhere everywhere(FileContext file) {
            asked.add("file");
            return everywhere.apply(file);
        }
    }
}
