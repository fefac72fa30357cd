package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

@LeavesNothingBehind
class ServersTest {

    private static final String GET = "GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void skips_the_test_when_a_program_is_missing() {
        assertThatThrownBy(() -> Servers.require("no-such-program"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no-such-program is not installed: apt-get install no-such-program");
    }

    @Test
    void runs_nginx_with_a_server_block() {
        try (NginxServer nginx = NginxServer.start("location / { return 200 'from nginx'; }")) {
            assertThat(RawClient.ask(nginx.port(), GET).text()).isEqualTo("from nginx");
        }
    }

    @Test
    void runs_nginx_on_a_folder_and_kills_it(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.txt"), "file");
        try (NginxServer nginx = NginxServer.serving(folder)) {
            assertThat(RawClient.ask(nginx.port(), GET).text()).isEqualTo("file");
            nginx.kill();
            assertThatThrownBy(() -> RawClient.connect(nginx.port())).hasMessageContaining("" + nginx.port());
        }
    }

    @Test
    void says_why_nginx_does_not_start() {
        Servers.require("nginx");
        assertThatThrownBy(() -> NginxServer.start("nonsense;")).hasMessageContaining("nonsense");
    }

    @Test
    void runs_a_program_to_its_end() {
        Subprocess.Finished finished =
                Subprocess.run(Duration.ofSeconds(5), "sh", "-c", "echo out; echo err >&2; exit 3");

        assertThat(finished).isEqualTo(new Subprocess.Finished(3, "out\n", "err\n"));
    }

    @Test
    void kills_a_program_with_its_children_when_it_takes_too_long() {
        assertThatThrownBy(() -> Subprocess.run(Duration.ofMillis(200), "sh", "-c", "echo begun; sleep 60; true"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("begun");
    }
}
