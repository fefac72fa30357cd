package dev.gatehouse.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.cli.GatehouseCommand;
import dev.gatehouse.app.help.CodePages;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/// What the documents say is what the program does. The reference is generated, in `docs/reference` and for a
/// policy in its own folder: after a change of a setting or a code,
/// `mvn -pl it -am -Dtest=ReferenceTest -Dgatehouse.docs.write=true test` writes it anew.
class ReferenceTest {

    private static final Path ROOT = Path.of(System.getProperty("gatehouse.root", "."));
    private static final String REFERENCE = "docs/reference";
    private static final String GENERATED = "META-INF/gatehouse/";
    private static final String COMMAND = "$ ./gatehouse";

    @Test
    void the_reference_is_what_the_settings_say() throws IOException {
        Map<Path, String> generated = generated();
        if (Boolean.getBoolean("gatehouse.docs.write")) {
            write(generated);
        }
        assertThat(generated).isNotEmpty();
        assertThat(written()).isEqualTo(generated);
    }

    @TestFactory
    Stream<DynamicTest> each_command_line_in_the_documents_is_understood() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            for (String line : consoleCommands(document)) {
                tests.add(DynamicTest.dynamicTest(
                        ROOT.relativize(document) + ": " + line,
                        () -> new CommandLine(new GatehouseCommand()).parseArgs(words(line))));
            }
        }
        return tests.stream();
    }

    /// File to content: the settings of all modules on the class path, and the catalogues of codes.
    private static Map<Path, String> generated() throws IOException {
        Map<Path, String> pages = new TreeMap<>();
        ClassLoader loader = ReferenceTest.class.getClassLoader();
        for (URL names : Collections.list(loader.getResources(GENERATED + "settings"))) {
            for (String name : read(names).lines().toList()) {
                String page = name + ".md";
                URL content = loader.getResource(GENERATED + "reference/" + page);
                assertThat(content).as("the page of %s", name).isNotNull();
                pages.put(folder(name).resolve(page), read(content));
            }
        }
        CodePages.all()
                .forEach((page, content) -> pages.put(ROOT.resolve(REFERENCE).resolve(page), content));
        pages.put(ROOT.resolve(REFERENCE).resolve("metrics.md"), MetricsPage.text());
        return pages;
    }

    private static Path folder(String section) {
        return PolicyFolder.all().stream()
                .filter(policy -> policy.has(section))
                .findFirst()
                .map(policy -> policy.reference(ROOT))
                .orElse(ROOT.resolve(REFERENCE));
    }

    private static Map<Path, String> written() throws IOException {
        List<Path> folders = new ArrayList<>(List.of(ROOT.resolve(REFERENCE)));
        PolicyFolder.all().forEach(policy -> folders.add(policy.reference(ROOT)));
        Map<Path, String> pages = new TreeMap<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        pages.put(file, Files.readString(file));
                    }
                }
            }
        }
        return pages;
    }

    private static void write(Map<Path, String> pages) throws IOException {
        for (Path old : written().keySet()) {
            Files.delete(old);
        }
        for (var page : pages.entrySet()) {
            Files.createDirectories(page.getKey().getParent());
            Files.writeString(page.getKey(), page.getValue());
        }
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        PolicyFolder.all().forEach(policy -> documents.add(policy.guide(ROOT)));
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder, folder.equals(ROOT) ? 1 : 5)) {
                    files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
                }
            }
        }
        return documents;
    }

    private static List<String> consoleCommands(Path document) throws IOException {
        List<String> commands = new ArrayList<>();
        boolean console = false;
        for (String line : Files.readAllLines(document)) {
            String bare = line.strip();
            if (bare.startsWith("```")) {
                console = bare.equals("```console");
            } else if (console && (bare.equals(COMMAND) || bare.startsWith(COMMAND + " "))) {
                commands.add(bare.substring(2));
            }
        }
        return commands;
    }

    /// The arguments, without the comment, a pipe or an ampersand behind them.
    private static String[] words(String line) {
        String command = line.replaceFirst("\\s+(#|\\||&|>).*$", "");
        return Stream.of(command.split("\\s+"))
                .skip(1)
                .map(word -> word.replaceAll("^['\"]|['\"]$", ""))
                .toArray(String[]::new);
    }

    private static String read(URL resource) throws IOException {
        try (InputStream in = resource.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
