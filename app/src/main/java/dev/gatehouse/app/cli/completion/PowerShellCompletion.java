package dev.gatehouse.app.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The script for PowerShell: a table from the commands typed so far to what may follow.
public final class PowerShellCompletion {
    private static final String PROGRAM = "PROGRAM";
    private static final String TABLE = "TABLE";
    private static final String SCRIPT = """
            # PowerShell completion for PROGRAM
            Register-ArgumentCompleter -Native -CommandName PROGRAM -ScriptBlock {
                param($word, $line, $cursor)
                $table = @{
            TABLE
                }
                $path = ''
                foreach ($element in $line.CommandElements | Select-Object -Skip 1) {
                    $next = "$path $element".Trim()
                    if ($element.Extent.EndOffset -lt $cursor -and $table.ContainsKey($next)) { $path = $next }
                }
                $table[$path] | Where-Object { $_ -like "$word*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """;

    private PowerShellCompletion() {}

    public static String of(CommandSpec root) {
        String table = Words.of(root).stream().map(PowerShellCompletion::row).collect(Collectors.joining("\n"));
        return SCRIPT.replace(TABLE, table).replace(PROGRAM, root.name());
    }

    private static String row(Words words) {
        List<String> follow = new ArrayList<>();
        words.commands().forEach(command -> follow.add(command.name()));
        follow.addAll(words.values());
        for (OptionSpec option : words.options()) {
            follow.addAll(List.of(option.names()));
        }
        return "        " + quoted(String.join(" ", words.path())) + " = @("
                + follow.stream().map(PowerShellCompletion::quoted).collect(Collectors.joining(", ")) + ")";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
