package dev.gatehouse.app.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigChangesTest {
    private static final String BEFORE = """
            name: shop
            services:
              menus: { instances: ["127.0.0.1:8081"] }
              users: { instances: ["127.0.0.1:8082"] }
            routes:
              - { path: /menus/**, service: menus }
              - { path: /users/**, service: users }
              - { path: /old, respond: { status: 404 } }
            """;

    @Test
    void the_same_is_no_change() {
        assertThat(changes(BEFORE, BEFORE)).isEmpty();
    }

    @Test
    void what_came_what_changed_and_what_went_is_counted() {
        String after = """
                name: shop
                services:
                  menus: { instances: ["127.0.0.1:8081", "127.0.0.1:8083"] }
                  users: { instances: ["127.0.0.1:8082"] }
                  stock: { instances: ["127.0.0.1:8084"] }
                routes:
                  - { path: /menus/**, service: menus, timeout: 2s }
                  - { path: /users/**, service: users }
                  - { path: /stock/**, service: stock }
                """;

        assertThat(changes(BEFORE, after)).isEqualTo("+1 service, ~1 service, +1 route, ~1 route, -1 route");
    }

    @Test
    void other_sections_are_named() {
        assertThat(changes(BEFORE, BEFORE.replace("name: shop", "name: store\nerrors: { expose: full }")))
                .isEqualTo("~errors, ~name");
    }

    private static String changes(String before, String after) {
        return ConfigChanges.between(config(before), config(after));
    }

    private static GatewayConfig config(String yaml) {
        GatewayConfig config = ConfigLoader.load(
                        new SourceFile("gateway.yaml", Path.of("gateway.yaml").toAbsolutePath(), yaml),
                        LoadOptions.standard())
                .config();
        assertThat(config).isNotNull();
        return config;
    }
}
