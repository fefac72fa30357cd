package dev.gatehouse.app.cli;

import dev.gatehouse.app.help.CodeText;
import dev.gatehouse.engine.config.decode.Suggestions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse help`: a command's options, or what a code means that a message or an answer carried.
@Command(
        name = "help",
        mixinStandardHelpOptions = true,
        description = "Explain a command, or a code that a message or an answer carried.",
        footer = {
            "",
            "Examples:",
            "  gatehouse help run                             the options of a command",
            "  gatehouse help GH1001                          a mistake, and how to mend it",
            "  gatehouse help NO_ROUTE                        a failure, and what the client can do",
        })
final class HelpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0..*",
            arity = "0..*",
            paramLabel = "COMMAND | CODE",
            hideParamSyntax = true,
            description = {"A command, such as run; or a code, such as GH1001 or NO_ROUTE."})
    private List<String> topic = List.of();

    @Override
    public Integer call() {
        CommandLine all = GatehouseCommand.everything();
        PrintWriter out = spec.commandLine().getOut();
        CommandLine command = command(all);
        if (command != null) {
            out.print(GatehouseCommand.asWide(command).getUsageMessage());
            out.flush();
            return 0;
        }
        Optional<String> text = topic.size() == 1 ? CodeText.of(topic.getFirst()) : Optional.empty();
        out.print(text.orElseThrow(() -> unknown(all)));
        out.flush();
        return 0;
    }

    /// The command these words lead to; null when they lead nowhere.
    private @Nullable CommandLine command(CommandLine all) {
        CommandLine command = all;
        for (String word : topic) {
            command = command.getSubcommands().get(word);
            if (command == null) {
                return null;
            }
        }
        return command;
    }

    private ParameterException unknown(CommandLine all) {
        String asked = String.join(" ", topic);
        List<String> known = new ArrayList<>(all.getSubcommands().keySet());
        known.addAll(CodeText.codes());
        String guess = Suggestions.question(Suggestions.nearest(asked, known));
        return new ParameterException(
                spec.commandLine(),
                "'" + asked + "' is no command and no code" + (guess.isEmpty() ? "" : "; " + guess));
    }
}
