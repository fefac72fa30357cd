package dev.gatehouse.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.app.cli.GatehouseCommand;
import dev.gatehouse.engine.config.diagnostic.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// `gatehouse help` and `gatehouse version`.
class HelpCommandTest {

    @Test
    void help_of_a_mistake_explains_it_and_shows_it_wrong_and_mended() {
        var said = GatehouseCommandLine.of("help", "GH1001");

        assertThat(said.code()).isZero();
        assertThat(said.out())
                .startsWith("GH1001  an unknown key\n")
                .contains("because a misspelt one would silently not be in force")
                .contains("    load_balncer: round_robin")
                .contains("Mended:")
                .contains("    load_balancer: round_robin");
    }

    @Test
    void help_of_a_failure_says_whose_doing_it_is_and_what_the_client_can_do() {
        for (String asked : new String[] {"NO_ROUTE", "no_route", "no-route"}) {
            var said = GatehouseCommandLine.of("help", asked);

            assertThat(said.code()).isZero();
            assertThat(said.out()).startsWith("NO_ROUTE  404 No route here\n").contains("whose doing   the client's");
        }
    }

    @Test
    void there_is_help_for_every_code() {
        for (Code code : Code.values()) {
            assertThat(GatehouseCommandLine.of("help", code.name()).out()).startsWith(code.name());
        }
        for (FailureKind kind : FailureKind.values()) {
            assertThat(GatehouseCommandLine.of("help", kind.name()).out()).startsWith(kind.name());
        }
    }

    @Test
    void help_of_a_command_is_what_the_command_says_itself() {
        assertThat(GatehouseCommandLine.of("help", "check").out())
                .isEqualTo(GatehouseCommandLine.of("check", "--help").out());
        assertThat(GatehouseCommandLine.of("help").out())
                .isEqualTo(GatehouseCommandLine.of("--help").out());
    }

    @Test
    void every_command_has_three_examples_each_on_one_line() {
        List<String> asked = new ArrayList<>();
        commands(new CommandLine(new GatehouseCommand()), asked);
        assertThat(asked).contains("hash-password", "token admin", "keys verify");
        for (String command : asked) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            words.add("--help");
            String help = GatehouseCommandLine.of(words.toArray(String[]::new)).out();
            assertThat(help).as(command).contains("\nExamples:\n");
            List<String> examples =
                    help.substring(help.indexOf("\nExamples:\n") + 11).lines().toList();
            assertThat(examples)
                    .as(command)
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(line -> assertThat(line).startsWith("  "));
        }
    }

    private static void commands(CommandLine line, List<String> found) {
        for (CommandLine one : line.getSubcommands().values()) {
            if (!one.getCommandSpec().usageMessage().hidden()) {
                found.add(one.getCommandSpec().qualifiedName().substring("gatehouse ".length()));
                commands(one, found);
            }
        }
    }

    @Test
    void an_unknown_topic_is_wrong_usage_and_a_near_one_is_suggested() {
        var misspelt = GatehouseCommandLine.of("help", "NOROUTES");
        assertThat(misspelt.code()).isEqualTo(64);
        assertThat(misspelt.err()).contains("'NOROUTES' is no command and no code; did you mean 'NO_ROUTE'?");

        assertThat(GatehouseCommandLine.of("help", "chekc").err()).contains("did you mean 'check'?");

        var nothingNear = GatehouseCommandLine.of("help", "GH1999");
        assertThat(nothingNear.code()).isEqualTo(64);
    }

    @Test
    void a_mistyped_command_is_suggested_and_so_is_one_of_its_options() {
        var command = GatehouseCommandLine.of("chekc");
        assertThat(command.code()).isEqualTo(64);
        assertThat(command.err()).contains("gatehouse check");

        var option = GatehouseCommandLine.of("check", "--strct");
        assertThat(option.code()).isEqualTo(64);
        assertThat(option.err()).contains("--strict");
    }

    @Test
    void version_is_a_line_about_the_gateway_and_one_about_the_machine() {
        var said = GatehouseCommandLine.of("version");

        assertThat(said.code()).isZero();
        assertThat(said.out().lines()).hasSize(2);
        assertThat(said.out()).startsWith("gatehouse ").contains("Java 25").contains(" cores");
        assertThat(GatehouseCommandLine.of("version", "--short").out().lines()).hasSize(1);
    }
}
