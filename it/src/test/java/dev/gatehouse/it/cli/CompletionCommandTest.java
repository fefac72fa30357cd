package dev.gatehouse.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gatehouse completion`. A shell that is on this machine reads its script; bash is asked to complete.
class CompletionCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// What makes a shell only read a file.
    private static final Map<String, String> READS = Map.of("bash", "-n", "zsh", "-n", "fish", "--no-execute");

    @TempDir
    Path folder;

    @Test
    void each_script_names_every_command_and_their_options() {
        for (String shell : List.of("bash", "zsh", "fish", "powershell")) {
            var said = GatehouseCommandLine.of("completion", shell);

            assertThat(said.code()).as(shell).isZero();
            assertThat(said.out())
                    .as(shell)
                    .contains("run", "proxy", "demo", "check", "routes", "fmt", "schema", "explain", "status")
                    .contains("strict")
                    .contains("takeover")
                    .doesNotContain("rehearse");
        }
    }

    @Test
    void each_shell_of_this_machine_can_read_its_script() throws IOException {
        for (String shell : READS.keySet()) {
            if (isInstalled(shell)) {
                Path script = script(shell);
                Subprocess.run(PATIENCE, shell, READS.get(shell), script.toString())
                        .succeeded();
            }
        }
    }

    @Test
    void bash_completes_commands_options_and_words() throws IOException {
        Path script = script("bash");

        assertThat(completed(script, "gatehouse", "ch")).containsExactly("check");
        assertThat(completed(script, "gatehouse", "check", "--st")).containsExactly("--strict");
        assertThat(completed(script, "gatehouse", "check", "--format", "g")).containsExactly("github");
        assertThat(completed(script, "gatehouse", "completion", "po")).containsExactly("powershell");
    }

    @Test
    void an_unknown_shell_is_wrong_usage() {
        var said = GatehouseCommandLine.of("completion", "tcsh");

        assertThat(said.code()).isEqualTo(64);
        assertThat(said.err()).contains("tcsh").contains("bash, zsh, fish, powershell");
    }

    private Path script(String shell) throws IOException {
        Path script = folder.resolve("gatehouse." + shell);
        Files.writeString(script, GatehouseCommandLine.of("completion", shell).out());
        return script;
    }

    /// What bash would offer behind these words, of which the last is not finished.
    private static List<String> completed(Path script, String... words) {
        String typed = String.join(" ", words);
        String line = "source '" + script + "'; COMP_WORDS=(" + typed + "); COMP_CWORD=" + (words.length - 1)
                + "; COMP_LINE='" + typed + "'; COMP_POINT=" + typed.length()
                + "; _complete_gatehouse; printf '%s\\n' \"${COMPREPLY[@]}\"";
        String offered =
                Subprocess.run(PATIENCE, "bash", "-c", line).succeeded().stdout();
        return offered.lines()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
