package dev.gatehouse.app.cli;

import dev.gatehouse.app.plugin.PluginFolder;
import dev.gatehouse.app.plugin.Plugins;
import dev.gatehouse.engine.config.load.LoadOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--plugins`: which plug-ins a command knows.
final class PluginOption {
    @Option(
            names = "--plugins",
            paramLabel = "FOLDER",
            description = "Where the jars of plug-ins are (default: 'plugins' of the distribution).")
    private @Nullable Path folder;

    PluginFolder folder() {
        return folder == null ? PluginFolder.ofDistribution() : PluginFolder.at(folder);
    }

    /// What a load depends on, for a command that looks once.
    LoadOptions options() {
        return LoadOptions.standard(folder().read(Plugins.none()).extensions());
    }
}
