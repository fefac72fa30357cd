package dev.gatehouse.app.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gatehouse version`: what to put into a report.
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        description = "Print the version of the gateway, of Java and of the system.",
        footer = {
            "",
            "Examples:",
            "  gatehouse version                              for a report",
            "  gatehouse version --short                      the number alone, for a script",
            "  gatehouse version | head -n 1                  without the system",
        })
final class VersionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--short", description = "The number alone.")
    private boolean number;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (number) {
            out.println(Version.number());
        } else {
            out.println(Version.line());
            out.println(System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                    + System.getProperty("os.arch") + ", "
                    + Runtime.getRuntime().availableProcessors() + " cores");
        }
        out.flush();
        return 0;
    }
}
