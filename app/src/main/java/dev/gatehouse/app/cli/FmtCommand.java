package dev.gatehouse.app.cli;

import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.format.Formatter;
import dev.gatehouse.engine.config.source.SourceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse fmt`: one look for all configurations. Works on the file alone, not on what it includes, and minds
/// nothing but YAML, so that an unfinished file can be formatted too.
@Command(
        name = "fmt",
        mixinStandardHelpOptions = true,
        description = "Write a configuration in the usual order and look; comments stay with what they are about.",
        footer = {
            "",
            "From standard input, the result goes to standard output.",
            "",
            "Examples:",
            "  gatehouse fmt                                  gateway.yaml in this folder, in place",
            "  gatehouse fmt -f shop.yaml --check             changes nothing, ends with 1 when it would",
            "  gatehouse fmt -f - < shop.yaml                 prints it",
        })
final class FmtCommand implements Callable<Integer> {
    private static final int DIFFERS = 2;
    private static final int MISTAKES = 1;
    private static final int SHOWN = 60;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigFile file = new ConfigFile();

    @Option(names = "--check", description = "Only say what would change.")
    private boolean check;

    @Override
    public Integer call() throws IOException {
        SourceFile source = file.source();
        Diagnostics diagnostics = new Diagnostics();
        @Nullable String formatted = Formatter.format(source, diagnostics);
        if (formatted == null) {
            PrintWriter err = spec.commandLine().getErr();
            err.print(MistakeText.of(diagnostics.all()));
            err.flush();
            return MISTAKES;
        }
        if (file.isInput() && !check) {
            say(formatted);
            return 0;
        }
        if (formatted.equals(source.text())) {
            return 0;
        }
        if (!check) {
            Replacement.write(source.path(), formatted);
        }
        say(changes(source.text(), formatted));
        return check ? DIFFERS : 0;
    }

    private String changes(String before, String after) {
        List<LineChange> changes = LineChange.between(before, after);
        StringBuilder out = new StringBuilder();
        int lines = 0;
        for (LineChange change : changes) {
            if (lines < SHOWN) {
                out.append(change.shown(file.name()));
            }
            lines += change.lines();
        }
        // Nothing but the end of a line or of the file may differ.
        String what = lines == 0 ? "line ends" : lines == 1 ? "1 line" : lines + " lines";
        return out + file.name() + ": " + what + (check ? " to format" : " formatted") + "\n";
    }

    private void say(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }
}
