package dev.gatehouse.app.reload;

import dev.gatehouse.app.demo.DemoTrust;
import dev.gatehouse.app.plugin.PluginFolder;
import dev.gatehouse.app.plugin.Plugins;
import dev.gatehouse.app.testing.BoundTests;
import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.RuntimeConfig;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import dev.gatehouse.engine.snapshot.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A gateway and the files it is told by, those of its plug-ins among them. A change of the files is applied
/// whole, or not at all: then the gateway stays as it is, and what is wrong is kept for whoever asks. Read by any
/// thread; reloads come one at a time.
public final class LiveConfig {
    private static final Logger LOG = LoggerFactory.getLogger(LiveConfig.class);

    private final Path file;
    private final LoadOptions options;
    private final PluginFolder folder;
    private final Gateway gateway;
    private final InstantSource clock;
    private volatile State state;

    /// Those of what runs.
    private Plugins plugins;

    /// What the last look found: a file that only a refused configuration names has to be watched too, since
    /// mending it mends the configuration.
    private volatile Loaded seen;

    /// What runs and what became of the changes since the start.
    ///
    /// @param loaded what runs
    /// @param loadedAt since when
    /// @param stale whether the files say something else by now, which was rejected
    /// @param rejected the last change that was, or null
    public record State(
            Loaded loaded,
            Instant loadedAt,
            boolean stale,
            @Nullable Rejected rejected,
            long applied,
            long refused) {}

    public record Rejected(Instant at, List<Diagnostic> diagnostics) {}

    /// What became of one look at the files.
    public sealed interface Reload {
        /// The files say what they said.
        record Unchanged() implements Reload {}

        /// @param millis from the look to the switch
        /// @param changes `~2 routes, +1 service`
        /// @param restart what takes effect only at the next start: `runtime`
        record Applied(int before, int after, long millis, String changes, List<String> restart) implements Reload {}

        /// @param diagnostics at least one error
        record Refused(List<Diagnostic> diagnostics) implements Reload {}

        /// The configuration is right, and the machine does not let it be: a port that is taken.
        record Failed(String why) implements Reload {}
    }

    /// Without plug-ins that come and go.
    ///
    /// @param gateway runs what was `loaded` from `file`
    public LiveConfig(Path file, LoadOptions options, Loaded loaded, Gateway gateway, InstantSource clock) {
        this(file, options, PluginFolder.NONE, Plugins.none(options.extensions()), loaded, gateway, clock);
    }

    /// @param folder where plug-ins come and go
    /// @param plugins what was found there for `loaded`
    /// @param gateway runs what was `loaded` from `file`
    public LiveConfig(
            Path file,
            LoadOptions options,
            PluginFolder folder,
            Plugins plugins,
            Loaded loaded,
            Gateway gateway,
            InstantSource clock) {
        this.file = file;
        this.options = options.withExtensions(Extensions.NONE); // else the first plug-ins would be kept for ever
        this.folder = folder;
        this.plugins = plugins;
        this.gateway = gateway;
        this.clock = clock;
        this.state = new State(loaded, clock.instant(), false, null, 0, 0);
        this.seen = loaded;
    }

    public State state() {
        return state;
    }

    public Gateway gateway() {
        return gateway;
    }

    /// Every file whose content makes the configuration, and those that would join it.
    public Set<Path> files() {
        Set<Path> files = new TreeSet<>();
        for (Loaded loaded : List.of(state.loaded(), seen)) {
            files.addAll(loaded.files());
            files.addAll(BoundTests.files(loaded));
            loaded.folders().forEach(included -> files.addAll(regularFiles(included)));
        }
        files.addAll(folder.files());
        return files;
    }

    private static List<Path> regularFiles(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile).toList();
        } catch (IOException | UncheckedIOException e) {
            // It is gone, and with it what was in it: that is a change, and the loader says what it means.
            return new ArrayList<>();
        }
    }

    /// Looks at the files, and does what they say.
    public synchronized Reload reload() {
        long begun = System.nanoTime();
        Plugins found = folder.read(plugins);
        Loaded loaded = ConfigLoader.load(file, file.toString(), options.withExtensions(found.extensions()));
        seen = loaded;
        GatewayConfig running = Plan.of(state.loaded()).config();
        List<Diagnostic> broken = brokenPromises(loaded, found);
        if (broken.stream().anyMatch(Diagnostic::isError)) {
            return refuse(broken, new Reload.Refused(broken));
        }
        if (running.equals(loaded.config()) && plugins.fingerprints().equals(found.fingerprints())) {
            State was = state;
            state = new State(loaded, was.loadedAt(), false, was.rejected(), was.applied(), was.refused());
            return new Reload.Unchanged();
        }
        ConfigCheck check = gateway.check(loaded);
        if (check.snapshot() == null) {
            return refuse(check.diagnostics(), new Reload.Refused(check.diagnostics()));
        }
        int before = gateway.snapshot().revision();
        try {
            gateway.apply(check.snapshot());
        } catch (IOException | RuntimeException e) {
            check.snapshot().discard(gateway.snapshot());
            return refuse(check.diagnostics(), new Reload.Failed(String.valueOf(e.getMessage())));
        }
        State was = state;
        state = new State(loaded, clock.instant(), false, was.rejected(), was.applied() + 1, was.refused());
        GatewayConfig now = Plan.of(loaded).config();
        String changes = ConfigChanges.between(running, now, plugins.fingerprints(), found.fingerprints());
        plugins = found;
        return new Reload.Applied(
                before,
                gateway.snapshot().revision(),
                (System.nanoTime() - begun) / 1_000_000,
                changes,
                onlyAtStart(running, now));
    }

    /// What it would believe of strangers, or what the tests it names say of what was loaded; nothing when it has
    /// mistakes already.
    private List<Diagnostic> brokenPromises(Loaded loaded, Plugins found) {
        List<Diagnostic> trusting = DemoTrust.check(loaded);
        if (!trusting.isEmpty()) {
            return trusting;
        }
        if (!BoundTests.areNamed(loaded) || ConfigCheck.dryRun(loaded).hasErrors()) {
            return List.of();
        }
        List<Diagnostic> broken = BoundTests.run(loaded, options.withExtensions(found.extensions()));
        broken.stream().filter(one -> !one.isError()).forEach(one -> LOG.warn("{}", TextReport.of(one)));
        return broken;
    }

    private Reload refuse(List<Diagnostic> diagnostics, Reload what) {
        State was = state;
        state = new State(
                was.loaded(),
                was.loadedAt(),
                true,
                new Rejected(clock.instant(), diagnostics),
                was.applied(),
                was.refused() + 1);
        return what;
    }

    /// All of it but the number of connections.
    private static RuntimeConfig atStart(GatewayConfig config) {
        RuntimeConfig all = config.runtime();
        return new RuntimeConfig(
                all.loops(),
                all.transport(),
                all.drainTimeout(),
                all.takeover(),
                all.tunnelTimeout(),
                all.nameServers(),
                null);
    }

    private static List<String> onlyAtStart(GatewayConfig before, GatewayConfig now) {
        List<String> words = new ArrayList<>();
        if (!atStart(before).equals(atStart(now))) {
            words.add("runtime");
        }
        if (!before.admin().withoutTokens().equals(now.admin().withoutTokens())) {
            words.add("admin");
        }
        if (!before.telemetry()
                .metrics()
                .prometheus()
                .equals(now.telemetry().metrics().prometheus())) {
            words.add("telemetry.metrics.prometheus");
        }
        return words;
    }
}
