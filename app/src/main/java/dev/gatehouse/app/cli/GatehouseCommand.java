package dev.gatehouse.app.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// `gatehouse`: names the commands and turns their mistakes into one sentence and an exit code.
@Command(
        name = "gatehouse",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "A gateway in front of your services.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            ProxyCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            RoutesCommand.class,
            FmtCommand.class,
            SchemaCommand.class,
            ExplainCommand.class,
            StatusCommand.class,
            TestCommand.class
        })
public final class GatehouseCommand implements Runnable {
    /// The command has started a gateway, which keeps the process alive until it is told to stop.
    public static final int RUNNING = -1;

    private static final int ERROR = 1;
    private static final int USAGE = 64;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// Runs one command line.
    ///
    /// @return the exit code, or [#RUNNING]
    public static int run(String... args) {
        CommandLine line = new CommandLine(new GatehouseCommand());
        line.setExitCodeExceptionMapper(e -> ERROR);
        line.setParameterExceptionHandler((e, given) -> usage(e));
        line.setExecutionExceptionHandler((e, command, result) -> error(command, e));
        // Where there is no terminal to ask: wide enough for the examples.
        line.setUsageHelpWidth(100);
        line.setUsageHelpAutoWidth(true);
        return line.execute(args);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int usage(ParameterException e) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("error: " + e.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("see: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        }
        return USAGE;
    }

    private static int error(CommandLine command, Exception e) {
        command.getErr().println("error: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        return e instanceof IllegalArgumentException ? USAGE : ERROR;
    }
}
