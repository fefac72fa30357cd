package dev.gatehouse.app.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
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
            TestCommand.class,
            WhyCommand.class,
            TailCommand.class,
            TokenCommand.class,
            KeysCommand.class,
            RevokeCommand.class,
            HashPasswordCommand.class,
            HelpCommand.class,
            CompletionCommand.class,
            AotCommand.class,
            VersionCommand.class
        })
public final class GatehouseCommand implements Runnable {
    /// The command has started a gateway, which keeps the process alive until it is told to stop.
    public static final int RUNNING = -1;

    private static final int ERROR = 1;
    private static final int USAGE = 64;
    private static final int UNREACHABLE = 69;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// Runs one command line.
    ///
    /// @return the exit code, or [#RUNNING]
    public static int run(String... args) {
        CommandLine line = line(args);
        line.setExitCodeExceptionMapper(e -> ERROR);
        line.setParameterExceptionHandler((e, given) -> usage(e));
        line.setExecutionExceptionHandler((e, command, result) -> error(command, e));
        return asWide(line).execute(args);
    }

    /// Where there is no terminal to ask: wide enough for the examples.
    static CommandLine asWide(CommandLine line) {
        line.setUsageHelpWidth(100);
        line.setUsageHelpAutoWidth(true);
        return line;
    }

    /// All commands, for those who list them.
    static CommandLine everything() {
        return new CommandLine(new GatehouseCommand());
    }

    /// Knows the one command that is called, or all when it is none of them: picocli looks at every option of every
    /// command it is given, which would take a fifth of the time `check` has.
    private static CommandLine line(String... args) {
        Class<?> called = args.length == 0 ? null : called(args[0]);
        if (called == null) {
            return everything();
        }
        return new CommandLine(CommandSpec.wrapWithoutInspection(null).name("gatehouse"))
                .addSubcommand(new CommandLine(called));
    }

    private static @Nullable Class<?> called(String name) {
        for (Class<?> command :
                GatehouseCommand.class.getAnnotation(Command.class).subcommands()) {
            if (command.getAnnotation(Command.class).name().equals(name)) {
                return command;
            }
        }
        return null;
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
        return switch (e) {
            case IllegalArgumentException _ -> USAGE;
            case UnreachableServer _ -> UNREACHABLE;
            default -> ERROR;
        };
    }
}
