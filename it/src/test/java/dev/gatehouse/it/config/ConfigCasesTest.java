package dev.gatehouse.it.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Configurations and what is said about them, word for word: `config/*.case`. A case is a story, files, perhaps an
/// environment, and the report:
///
/// ```text
/// what is wrong here
/// --- gateway.yaml
/// routes: …
/// --- environment
/// NAME=value
/// --- report
/// error[GH1001] …
/// ```
///
/// A case called `policy-…` knows the built-in policies; the others stay as they are when one more arrives.
///
/// After a change of wording `-Dgatehouse.cases.write=true` writes the reports anew; read them.
class ConfigCasesTest {
    private static final Path CASES =
            Path.of(System.getProperty("gatehouse.root", "."), "it/src/test/resources/config");
    private static final String MAIN = "gateway.yaml";
    private static final String ENVIRONMENT = "environment";
    private static final String REPORT = "report";
    private static final String WITH_POLICIES = "policy-";

    @TestFactory
    Stream<DynamicTest> each_mistake_is_told_like_this() throws IOException {
        return cases().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    @Test
    void there_are_at_least_thirty_broken_files() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(30);
    }

    @TempDir
    Path folder;

    private void check(Path file) throws IOException {
        String text = Files.readString(file);
        Map<String, String> parts = parts(text);
        String expected = parts.getOrDefault(REPORT, "");
        Extensions extensions =
                file.getFileName().toString().startsWith(WITH_POLICIES) ? Extensions.found() : Extensions.NONE;
        String report = report(Files.createTempDirectory(folder, "case"), parts, extensions);
        if (Boolean.getBoolean("gatehouse.cases.write")) {
            int end = text.indexOf("--- " + REPORT);
            Files.writeString(file, (end < 0 ? text : text.substring(0, end)) + "--- " + REPORT + "\n" + report);
        }
        assertThat(report).isEqualTo(expected);
    }

    private static String report(Path here, Map<String, String> parts, Extensions extensions) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        parts.getOrDefault(ENVIRONMENT, "").lines().forEach(line -> {
            String[] pair = line.split("=", 2);
            environment.put(pair[0], pair[1]);
        });
        for (var part : parts.entrySet()) {
            if (!part.getKey().equals(ENVIRONMENT) && !part.getKey().equals(REPORT)) {
                Path target = here.resolve(part.getKey());
                Files.createDirectories(target.getParent());
                Files.writeString(target, part.getValue());
            }
        }
        LoadOptions options = LoadOptions.standard().withExtensions(extensions).withEnvironment(environment);
        Loaded loaded = ConfigLoader.load(here.resolve(MAIN), MAIN, options);
        assertThat(loaded.hasErrors()).isEqualTo(loaded.diagnostics().stream().anyMatch(one -> one.isError()));
        return TextReport.of(ConfigCheck.dryRun(loaded).diagnostics());
    }

    /// Name of a part to its text.
    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        String name = null;
        for (String line : (text + "--- end").split("\n", -1)) {
            if (line.startsWith("--- ")) {
                if (name != null) {
                    parts.put(name, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
                }
                name = line.substring(4);
                lines.clear();
            } else {
                lines.add(line);
            }
        }
        return parts;
    }

    private static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".case"))
                    .sorted()
                    .toList();
        }
    }
}
