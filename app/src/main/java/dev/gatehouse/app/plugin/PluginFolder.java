package dev.gatehouse.app.plugin;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder with the plug-ins: each jar in it is one, and each folder with jars in it. Which folder that is cannot
/// stand in the configuration: the plug-ins decide what a configuration may say.
public final class PluginFolder {
    /// No plug-ins.
    public static final PluginFolder NONE = new PluginFolder(null, false);

    private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);
    private static final String USUAL = "plugins";

    private final @Nullable Path folder;
    private final boolean named;

    private PluginFolder(@Nullable Path folder, boolean named) {
        this.folder = folder;
        this.named = named;
    }

    /// A folder somebody named, so it has to be there.
    public static PluginFolder at(Path folder) {
        return new PluginFolder(folder, true);
    }

    /// `plugins` beside the `lib` of a distribution; none when the gateway was not started from one, or it is gone.
    public static PluginFolder ofDistribution() {
        CodeSource source = PluginFolder.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return NONE;
        }
        try {
            Path lib = Path.of(source.getLocation().toURI()).getParent();
            Path home = lib == null || !lib.endsWith("lib") ? null : lib.getParent();
            return home == null ? NONE : new PluginFolder(home.resolve(USUAL), false);
        } catch (URISyntaxException | IllegalArgumentException e) {
            LOG.debug("not started from files", e);
            return NONE;
        }
    }

    /// Looks at the folder.
    ///
    /// @param before what was found earlier: plug-ins whose content has not changed are taken from there, with
    ///     their classes, and so find the state again that they left
    public Plugins read(Plugins before) {
        List<Plugin> loaded = new ArrayList<>();
        Map<String, String> fingerprints = new TreeMap<>();
        List<Diagnostic> mistakes = new ArrayList<>();
        for (PluginFiles files : found(mistakes)) {
            try {
                String fingerprint = files.fingerprint();
                fingerprints.put(files.name(), fingerprint);
                Plugin known = before.find(files.name(), fingerprint);
                loaded.add(known == null ? Plugin.load(files, fingerprint) : known);
            } catch (IOException e) {
                mistakes.add(mistake(files, "it cannot be read: " + e.getMessage()));
            } catch (PluginException e) {
                LOG.debug("plug-in {}", files.name(), e);
                mistakes.add(mistake(files, String.valueOf(e.getMessage())));
            }
        }
        return before.with(loaded, fingerprints, mistakes);
    }

    /// Every file whose content makes a plug-in: a change of one is a change of the configuration.
    public List<Path> files() {
        List<Path> files = new ArrayList<>();
        found(new ArrayList<>()).forEach(plugin -> files.addAll(plugin.jars()));
        return files;
    }

    private List<PluginFiles> found(List<Diagnostic> mistakes) {
        List<PluginFiles> found = new ArrayList<>();
        if (folder == null || (!named && !Files.isDirectory(folder))) {
            return found;
        }
        try {
            for (Path entry : entries(folder)) {
                String name = folder.resolve(entry.getFileName()).toString();
                if (Files.isDirectory(entry)) {
                    List<Path> jars =
                            entries(entry).stream().filter(PluginFolder::isJar).toList();
                    if (!jars.isEmpty()) {
                        found.add(new PluginFiles(name, entry, jars));
                    }
                } else if (isJar(entry)) {
                    found.add(new PluginFiles(name, entry, List.of(entry)));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            String why = Files.exists(folder) ? String.valueOf(e.getMessage()) : "it does not exist";
            PluginFiles whole = new PluginFiles(folder.toString(), folder, List.of());
            mistakes.add(Diagnostic.error(
                            Code.GH1701,
                            Plugins.place(whole),
                            "the folder of plug-ins " + folder + " cannot be read: " + why)
                    .build());
        }
        return found;
    }

    /// In the order of their names, so that every machine tells the same.
    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isJar(Path file) {
        return file.getFileName().toString().endsWith(".jar") && !Files.isDirectory(file);
    }

    private static Diagnostic mistake(PluginFiles files, String why) {
        return Diagnostic.error(
                        Code.GH1701, Plugins.place(files), "plug-in " + files.name() + " cannot be loaded: " + why)
                .build();
    }
}
