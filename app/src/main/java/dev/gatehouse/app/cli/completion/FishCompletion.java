package dev.gatehouse.app.cli.completion;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The script for fish: a line per command and option, with its description.
public final class FishCompletion {
    private FishCompletion() {}

    public static String of(CommandSpec root) {
        String program = root.name();
        StringBuilder script = new StringBuilder("# fish completion for " + program + "\n");
        // Files only where an option takes a value that is not known.
        script.append("complete -c ").append(program).append(" -f\n");
        for (Words words : Words.of(root)) {
            String when = "complete -c " + program + " -n " + quoted(condition(words));
            for (Words.Word command : words.commands()) {
                script.append(when).append(" -a ").append(command.name());
                script.append(" -d ").append(quoted(command.description())).append('\n');
            }
            if (!words.values().isEmpty()) {
                script.append(when)
                        .append(" -a ")
                        .append(quoted(String.join(" ", words.values())))
                        .append('\n');
            }
            for (OptionSpec option : words.options()) {
                script.append(when).append(option(option)).append('\n');
            }
        }
        return script.toString();
    }

    /// Holds where the words of the path were typed, and none of the commands that lead further.
    private static String condition(Words words) {
        StringBuilder condition = new StringBuilder();
        for (String word : words.path()) {
            condition
                    .append(condition.isEmpty() ? "" : "; and ")
                    .append("__fish_seen_subcommand_from ")
                    .append(word);
        }
        List<String> further = words.commands().stream().map(Words.Word::name).toList();
        if (words.path().isEmpty()) {
            return "__fish_use_subcommand";
        }
        return further.isEmpty()
                ? condition.toString()
                : condition + "; and not __fish_seen_subcommand_from " + String.join(" ", further);
    }

    private static String option(OptionSpec option) {
        StringBuilder text = new StringBuilder();
        for (String name : option.names()) {
            text.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
        }
        List<String> candidates = Words.candidates(option);
        if (!candidates.isEmpty()) {
            text.append(" -x -a ").append(quoted(String.join(" ", candidates)));
        } else if (Words.takesValue(option)) {
            text.append(Words.takesFile(option) ? " -r -F" : " -x");
        }
        return text + " -d " + quoted(Words.description(option));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
