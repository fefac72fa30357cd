package dev.gatehouse.it.plugin;

import dev.gatehouse.app.plugin.PluginFolder;
import dev.gatehouse.app.plugin.Plugins;
import dev.gatehouse.app.reload.LiveConfig;
import dev.gatehouse.app.reload.LiveConfig.Reload;
import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.assertj.core.api.Assertions;

/// What `gatehouse run --plugins` runs, told when to look at its files.
final class ReloadedGateway implements AutoCloseable {
    private final Gateway gateway;
    private final LiveConfig live;

    private ReloadedGateway(Gateway gateway, LiveConfig live) {
        this.gateway = gateway;
        this.live = live;
    }

    static ReloadedGateway start(Path file, Path plugins) {
        PluginFolder folder = PluginFolder.at(plugins);
        Plugins found = folder.read(Plugins.none());
        LoadOptions options = LoadOptions.standard(found.extensions());
        Loaded loaded = ConfigLoader.load(file, "gateway.yaml", options);
        Assertions.assertThat(loaded.hasErrors())
                .as(TextReport.of(loaded.diagnostics()))
                .isFalse();
        try {
            Gateway gateway = Gateway.start(Plan.of(loaded), List.of());
            return new ReloadedGateway(
                    gateway, new LiveConfig(file, options, folder, found, loaded, gateway, InstantSource.system()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reload reload() {
        return live.reload();
    }

    /// What came of a change that must be applied: `~1 plug-in`.
    String applied() {
        return switch (live.reload()) {
            case Reload.Applied applied -> applied.changes();
            case Reload.Refused refused -> throw new AssertionError(TextReport.of(refused.diagnostics()));
            case Reload other -> throw new AssertionError(other);
        };
    }

    /// What is wrong with a change that must be refused.
    String refused() {
        return switch (live.reload()) {
            case Reload.Refused refused -> TextReport.of(refused.diagnostics());
            case Reload other -> throw new AssertionError(other);
        };
    }

    /// What made the policy of this slot was loaded by.
    ClassLoader loader(String slot) {
        return gateway.snapshot().plan().extensions().factory(slot).getClass().getClassLoader();
    }

    RawClient connect() {
        return RawClient.connect(gateway.address().getPort());
    }

    RawAnswer get(String path) {
        return RawClient.ask(gateway.address().getPort(), "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Override
    public void close() {
        gateway.close();
    }
}
