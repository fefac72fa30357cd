package dev.gatehouse.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.identity.AuthenticatorFactory;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.engine.snapshot.Snapshot;
import dev.gatehouse.engine.snapshot.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// One way to authenticate, one folder: settings called like its type, a guide, and examples that run.
class AuthenticatorFolderTest {
    private static final Path ROOT = Path.of(System.getProperty("gatehouse.root", "."));
    private static final LoadOptions OPTIONS =
            LoadOptions.standard().withExtensions(Extensions.found()).withEnvironment(Map.of());
    private static final String BUILT_IN = "dev.gatehouse.policy.";

    @TestFactory
    Stream<DynamicTest> each_authenticator_brings_a_guide_and_examples_that_run() {
        return builtIn()
                .map(factory -> DynamicTest.dynamicTest(factory.type(), () -> {
                    assertThat(factory.configType()
                                    .getAnnotation(Settings.class)
                                    .name())
                            .isEqualTo("authentication." + factory.type());
                    Path folder = ROOT.resolve("policies/src/main/resources")
                            .resolve(factory.getClass().getPackageName().replace('.', '/'));
                    String guide = Files.readString(folder.resolve("guide.md"));
                    assertThat(guide).startsWith("# `" + factory.type() + "`");
                    List<String> blocks = blocks(guide);
                    assertThat(blocks).isNotEmpty();
                    for (String block : blocks) {
                        runs(block, folder.resolve("in-the-guide.yaml"));
                    }
                    List<Path> examples = examples(folder);
                    assertThat(examples).isNotEmpty();
                    for (Path example : examples) {
                        runs(Files.readString(example), example);
                    }
                }));
    }

    private static Stream<AuthenticatorFactory<?>> builtIn() {
        List<AuthenticatorFactory<?>> factories = new ArrayList<>();
        ServiceLoader.load(AuthenticatorFactory.class).forEach(factories::add);
        return factories.stream().filter(factory -> factory.getClass().getName().startsWith(BUILT_IN));
    }

    private static List<Path> examples(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }

    private static List<String> blocks(String guide) {
        List<String> blocks = new ArrayList<>();
        String[] parts = guide.split("```", -1);
        for (int i = 1; i < parts.length; i += 2) {
            if (parts[i].startsWith("yaml\n")) {
                blocks.add(parts[i].substring("yaml\n".length()));
            }
        }
        return blocks;
    }

    /// Loads it and compiles it. Opens nothing.
    private static void runs(String text, Path path) {
        Loaded loaded = ConfigLoader.load(new SourceFile(path.getFileName().toString(), path, text), OPTIONS);
        assertThat(loaded.diagnostics())
                .as(path + "\n" + TextReport.of(loaded.diagnostics()))
                .isEmpty();
        Snapshot snapshot = Snapshot.compile(Plan.of(loaded), Surroundings.none(), null);
        snapshot.discard(null);
        assertThat(snapshot.problems()).isEmpty();
    }
}
