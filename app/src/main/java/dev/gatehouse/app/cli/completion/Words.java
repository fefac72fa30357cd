package dev.gatehouse.app.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What can be typed behind one command, read from its description for picocli.
///
/// @param path the commands that lead here, without the program's name; empty for the program itself
/// @param commands that may follow
/// @param options of this command
/// @param values that its parameters may have, as far as they are known
record Words(List<String> path, List<Word> commands, List<OptionSpec> options, List<String> values) {
    /// @param description one sentence
    record Word(String name, String description) {}

    /// The program and all commands beneath it; what is hidden stays so.
    static List<Words> of(CommandSpec root) {
        List<Words> all = new ArrayList<>();
        collect(root, List.of(), all);
        return all;
    }

    private static void collect(CommandSpec spec, List<String> path, List<Words> all) {
        List<CommandSpec> shown = spec.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(one -> !one.usageMessage().hidden())
                .distinct()
                .toList();
        all.add(new Words(
                path,
                shown.stream()
                        .map(one -> new Word(one.name(), description(one)))
                        .toList(),
                spec.options().stream().filter(option -> !option.hidden()).toList(),
                spec.positionalParameters().stream()
                        .flatMap(parameter -> candidates(parameter).stream())
                        .toList()));
        for (CommandSpec one : shown) {
            List<String> longer = new ArrayList<>(path);
            longer.add(one.name());
            collect(one, List.copyOf(longer), all);
        }
    }

    /// The words an option or a parameter takes; empty when it is not one of a few.
    static List<String> candidates(ArgSpec arg) {
        Iterable<String> words = arg.completionCandidates();
        return words == null
                ? List.of()
                : StreamSupport.stream(words.spliterator(), false).toList();
    }

    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /// By its label: some options keep the name of a file as text, because `-` is one too.
    static boolean takesFile(OptionSpec option) {
        return option.paramLabel().contains("FILE") || option.paramLabel().contains("DIR");
    }

    /// The first line, without the default.
    static String description(ArgSpec arg) {
        return first(arg.description());
    }

    private static String description(CommandSpec spec) {
        return first(spec.usageMessage().description());
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : lines[0].replaceAll(" *\\(default: [^)]*\\)", "");
    }
}
