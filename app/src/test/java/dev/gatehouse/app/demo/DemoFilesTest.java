package dev.gatehouse.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.config.InstanceConfig;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFilesTest {
    private static final LoadOptions OPTIONS = LoadOptions.standard().withEnvironment(Map.of());

    private final DemoFiles files = new DemoFiles(DemoServices.places(9101), 8080, 9000);

    @TempDir
    Path folder;

    @Test
    void the_gateway_of_the_demo_has_no_mistake_and_no_warning() {
        ConfigCheck check = ConfigCheck.dryRun(ConfigLoader.load(files.gateway(), OPTIONS));

        assertThat(check.diagnostics()).isEmpty();
        var config = Objects.requireNonNull(check.loaded().config());
        assertThat(config.routes())
                .extracting(RouteConfig::label)
                .containsExactly("GET /menus/{restaurantId}", "GET /users/{userId}", "ANY /orders/**", "GET /me");
        assertThat(config.services()).hasSize(DemoServices.COUNT);
        assertThat(config.services().get("order-service").instances())
                .extracting(InstanceConfig::backup)
                .containsExactly(false, true);
    }

    @Test
    void every_instance_has_its_place_in_the_file() {
        String text = files.gateway().text();

        assertThat(text).contains(DemoServices.places(9101).values()).doesNotContain("@");
    }

    @Test
    void what_is_written_is_what_the_demo_runs() throws IOException {
        assertThat(files.writeTo(folder.resolve("new/folder"), 9101)).allMatch(Files::exists);

        Path gateway = folder.resolve("new/folder/gateway.yaml");
        assertThat(gateway).hasContent(files.gateway().text());
        Loaded loaded = ConfigLoader.load(gateway, "gateway.yaml", OPTIONS);
        assertThat(loaded.diagnostics()).isEmpty();
        assertThat(folder.resolve("new/folder/README.md"))
                .content()
                .contains("$ gatehouse demo services\n", "curl localhost:8080/menus/r42")
                .doesNotContain("@");
    }

    @Test
    void the_readme_names_the_ports_that_are_not_the_usual_ones() throws IOException {
        new DemoFiles(DemoServices.places(9201), 8088, 9001).writeTo(folder, 9201);

        assertThat(folder.resolve("README.md"))
                .content()
                .contains(
                        "demo services --first-port 9201\n",
                        "localhost:8088/orders",
                        "gatehouse status --admin 9001\n");
    }

    @Test
    void a_file_that_is_there_already_is_left_alone_and_nothing_else_is_written() throws IOException {
        Files.writeString(folder.resolve("README.md"), "mine");

        assertThatThrownBy(() -> files.writeTo(folder, 9101))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("README.md");

        assertThat(folder.resolve("README.md")).hasContent("mine");
        assertThat(folder.resolve("gateway.yaml")).doesNotExist();
    }
}
