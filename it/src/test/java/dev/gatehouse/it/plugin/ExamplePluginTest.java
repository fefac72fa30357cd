package dev.gatehouse.it.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.cli.GatehouseCommandLine;
import dev.gatehouse.it.lifecycle.GatewayProcess;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// `examples/plugin`, built as its own project builds it and used as its users would.
class ExamplePluginTest {
    private static final Path ROOT = Path.of(System.getProperty("gatehouse.root", "."));
    private static final Path PROJECT = ROOT.resolve("examples/plugin");
    private static final PluginJar JAR = PluginJar.ofProject(PROJECT);

    /// Open at no time of day but one that passes unseen.
    private static final String CLOSED = "opening_hours: { opens: \"00:00\", closes: \"00:00:00.000000001\" }";

    @TempDir
    Path folder;

    @Test
    void its_own_configuration_has_no_mistake() {
        JAR.writeTo(folder.resolve("opening-hours.jar"));

        GatehouseCommandLine check = gatehouse("check", PROJECT.resolve("gateway.yaml"));
        assertThat(check.out()).endsWith("1 route, 1 service, no mistakes\n");
        assertThat(check.code()).isZero();
    }

    @Test
    void without_it_its_slot_is_no_key_of_a_route() {
        GatehouseCommandLine check = gatehouse("check", PROJECT.resolve("gateway.yaml"));
        assertThat(check.out()).contains("opening_hours");
        assertThat(check.code()).isEqualTo(1);
    }

    @Test
    void mistakes_in_its_settings_are_told_at_their_place() throws IOException {
        JAR.writeTo(folder.resolve("opening-hours.jar"));
        Path file = Files.writeString(folder.resolve("gateway.yaml"), """
                routes:
                  - path: /late
                    respond: { body: hi }
                    opening_hours: { opens: "25:00", closes: "22:00" }
                  - path: /nowhere
                    respond: { body: hi }
                    opening_hours: { opens: "08:00", closes: "22:00", zone: Europe/Atlantis }
                  - path: /never
                    respond: { body: hi }
                    opening_hours: { opens: "08:00", closes: "08:00" }
                  - path: /unknown
                    respond: { body: hi }
                    opening_hours: { opens: "08:00", closes: "22:00", zoen: UTC }
                """);

        GatehouseCommandLine check = gatehouse("check", file);
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out())
                .contains("gateway.yaml:4:29")
                .contains("'25:00' is not a time of day such as 08:00")
                .contains("gateway.yaml:7:")
                .contains("'Europe/Atlantis' is not a time zone")
                .contains("gateway.yaml:10:")
                .contains("is never open")
                .contains("unknown key 'zoen'")
                .contains("did you mean 'zone'?");
    }

    @Test
    void its_settings_are_in_the_schema_for_editors() {
        JAR.writeTo(folder.resolve("opening-hours.jar"));

        GatehouseCommandLine schema = GatehouseCommandLine.of("schema", "--plugins", folder.toString());
        assertThat(schema.out()).contains("\"opening_hours\"").contains("Whose clock that is");
    }

    @Test
    void dropped_into_the_folder_of_a_running_gateway_it_is_there() throws IOException {
        Path file = folder.resolve("gateway.yaml");
        String route = "{ path: /shop, respond: { body: come in }";
        Files.writeString(file, "listeners: { main: { bind: 127.0.0.1, port: 0 } }\nroutes:\n  - " + route + " }\n");
        try (GatewayProcess gateway =
                GatewayProcess.start("run", "-f", file.toString(), "--plugins", folder.toString())) {
            JAR.writeTo(folder.resolve("opening-hours.jar"));
            gateway.await(said -> said.contains("+1 plug-in"));

            Files.writeString(file, Files.readString(file).replace(route, route + ", " + CLOSED));
            gateway.await(said -> said.contains("~1 route"));

            RawAnswer answer = RawClient.ask(gateway.port(), "GET /shop HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).isEqualTo("We are closed.\n");
            assertThat(Long.parseLong(answer.header("Retry-After"))).isBetween(1L, 86_400L);
        }
    }

    /// As `mvn test` runs them there.
    @Test
    void its_own_tests_pass() throws Exception {
        JAR.writeTo(folder.resolve("opening-hours.jar"));
        String classPath =
                folder.resolve("opening-hours.jar") + File.pathSeparator + System.getProperty("java.class.path");
        Path classes = Files.createDirectory(folder.resolve("test-classes"));
        PluginJar.compile(PluginJar.sources(PROJECT.resolve("src/test/java")), classes, classPath);
        URL[] urls = {
            classes.toUri().toURL(), folder.resolve("opening-hours.jar").toUri().toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(classes)))
                                    .build(),
                            summary);

            StringWriter failures = new StringWriter();
            summary.getSummary().printFailuresTo(new PrintWriter(failures));
            assertThat(failures.toString()).isEmpty();
            assertThat(summary.getSummary().getTestsSucceededCount()).isGreaterThan(15);
        } finally {
            Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        }
    }

    @Test
    void its_build_takes_the_version_of_this_one() throws IOException {
        assertThat(first("<gatehouse.version>(.*)</gatehouse.version>", PROJECT.resolve("pom.xml")))
                .isEqualTo(first("<version>(.*)</version>", ROOT.resolve("pom.xml")));
    }

    private GatehouseCommandLine gatehouse(String command, Path file) {
        return GatehouseCommandLine.of(command, "-f", file.toString(), "--plugins", folder.toString());
    }

    private static String first(String pattern, Path in) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(in));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
