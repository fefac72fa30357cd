package dev.gatehouse.it.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.plugin.PluginFolder;
import dev.gatehouse.app.plugin.Plugins;
import dev.gatehouse.app.reload.LiveConfig;
import dev.gatehouse.app.reload.LiveConfig.Reload;
import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A change that breaks a promise of the tests a configuration names is not applied.
@LeavesNothingBehind
class BoundTestsTest {
    private static final String SAYS_ONE = "{ request: GET /, name: says, expect: { body: one } }";

    @TempDir
    private Path folder;

    @Test
    void a_reload_that_breaks_a_test_changes_nothing_and_says_which() throws IOException {
        write("one", SAYS_ONE);
        try (Gateway gateway = start()) {
            LiveConfig live = live(gateway);

            write("two", SAYS_ONE);
            Reload refused = live.reload();

            assertThat(refused)
                    .isInstanceOfSatisfying(
                            Reload.Refused.class,
                            reload -> assertThat(reload.diagnostics())
                                    .singleElement()
                                    .satisfies(one -> assertThat(one.code()).isEqualTo(Code.GH1801))
                                    .extracting(Diagnostic::message)
                                    .isEqualTo("test 'says' fails: body: one, got two"));
            assertThat(live.state().stale()).isTrue();
            assertThat(said(gateway)).isEqualTo("one");

            write("two", SAYS_ONE.replace("one", "two"));
            assertThat(live.reload()).isInstanceOf(Reload.Applied.class);
            assertThat(said(gateway)).isEqualTo("two");
            assertThat(live.state().stale()).isFalse();
        }
    }

    @Test
    void a_test_that_changes_is_run_against_what_runs() throws IOException {
        write("one", SAYS_ONE);
        try (Gateway gateway = start()) {
            LiveConfig live = live(gateway);

            write("one", SAYS_ONE.replace("one", "two"));

            assertThat(live.reload()).isInstanceOf(Reload.Refused.class);
            write("one", SAYS_ONE);
            assertThat(live.reload()).isInstanceOf(Reload.Unchanged.class);
            assertThat(live.state().stale()).isFalse();
        }
    }

    @Test
    void test_files_are_watched() throws IOException {
        write("one", SAYS_ONE);
        try (Gateway gateway = start()) {
            LiveConfig live = live(gateway);
            Path later = Files.writeString(folder.resolve("tests/later.test.yaml"), "tests: []");

            assertThat(live.files()).contains(folder.resolve("tests/one.test.yaml"), later);
        }
    }

    private void write(String says, String test) throws IOException {
        Files.createDirectories(folder.resolve("tests"));
        Files.writeString(folder.resolve("tests/one.test.yaml"), "tests: [ " + test + " ]\n");
        Files.writeString(folder.resolve("gateway.yaml"), """
                listeners: { public: { port: 0, bind: 127.0.0.1 } }
                admin: none
                tests: [ tests/*.test.yaml ]
                routes:
                  - { path: /**, respond: { body: %s } }
                """.formatted(says));
    }

    private Loaded load() {
        return ConfigLoader.load(folder.resolve("gateway.yaml"), "gateway.yaml", LoadOptions.standard());
    }

    private Gateway start() throws IOException {
        return Gateway.start(Plan.of(load()), List.of());
    }

    private LiveConfig live(Gateway gateway) {
        return new LiveConfig(
                folder.resolve("gateway.yaml"),
                LoadOptions.standard(),
                PluginFolder.NONE,
                Plugins.none(),
                load(),
                gateway,
                InstantSource.system());
    }

    private static String said(Gateway gateway) {
        return RawClient.ask(gateway.address().getPort(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                .text();
    }
}
