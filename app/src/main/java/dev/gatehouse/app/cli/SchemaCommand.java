package dev.gatehouse.app.cli;

import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.schema.SchemaDocument;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `gatehouse schema`: the language of the file, for editors. What plug-ins add is in it.
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Print the JSON Schema of the configuration, for editors that complete and check while you type.",
        footer = {
            "",
            "Name it in the file's first line:  # yaml-language-server: $schema=gateway.schema.json",
            "",
            "Examples:",
            "  gatehouse schema                               look at it",
            "  gatehouse schema > gateway.schema.json         for the line above",
            "  gatehouse schema | jq .properties.routes       what may stand under 'routes'",
        })
final class SchemaCommand implements Callable<Integer> {
    private static final int MISTAKES = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Override
    public Integer call() {
        Extensions extensions = plugins.options().extensions();
        if (!extensions.mistakes().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.print(MistakeText.of(extensions.mistakes()));
            err.flush();
            return MISTAKES;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(SchemaDocument.of(extensions));
        out.flush();
        return 0;
    }
}
