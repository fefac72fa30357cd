package dev.gatehouse.app.cli;

import dev.gatehouse.app.cli.completion.FishCompletion;
import dev.gatehouse.app.cli.completion.PowerShellCompletion;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gatehouse completion`: a script for a shell, which then completes commands and options.
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print a script with which a shell completes commands and options.",
        footer = {
            "",
            "Examples:",
            "  gatehouse completion bash > ~/.local/share/bash-completion/completions/gatehouse",
            "  gatehouse completion fish > ~/.config/fish/completions/gatehouse.fish",
            "  gatehouse completion zsh > ~/.gatehouse.zsh    and in .zshrc:  source ~/.gatehouse.zsh",
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    /// As they are typed.
    enum Shell {
        bash,
        zsh,
        fish,
        powershell
    }

    @Override
    public Integer call() {
        CommandLine all = GatehouseCommand.everything();
        String name = all.getCommandName();
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (shell) {
                    // The script of picocli knows when it is read by zsh, and makes it complete as bash does.
                    case bash, zsh -> AutoComplete.bash(name, all);
                    case fish -> FishCompletion.of(all.getCommandSpec());
                    case powershell -> PowerShellCompletion.of(all.getCommandSpec());
                });
        out.flush();
        return 0;
    }
}
