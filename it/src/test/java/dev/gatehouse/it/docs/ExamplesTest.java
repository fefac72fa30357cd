package dev.gatehouse.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Severity;
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
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What readers copy runs: the files in `examples/`, and the blocks of the guides; those of the policies too. A
/// block that is marked `yaml` is a whole file; a part of one is marked `yaml fragment`. A block whose first line
/// names an example is that example.
class ExamplesTest {
    private static final Path ROOT = Path.of(System.getProperty("gatehouse.root", "."));
    private static final Path EXAMPLES = ROOT.resolve("examples");
    private static final LoadOptions OPTIONS =
            LoadOptions.standard().withExtensions(Extensions.found()).withEnvironment(Map.of());

    /// These show the whole language. What comes later is left out of them here; `check` refuses it.
    private static final Set<String> OF_LATER = Set.of("plain-spelling.yaml", "shop.yaml");

    private static final String BLOCK = "```yaml";
    private static final String NAMES_AN_EXAMPLE = "# examples/";

    /// @param line of the document, where the block begins
    private record Block(Path document, int line, String text) {
        @Override
        public String toString() {
            return ROOT.relativize(document) + ":" + line;
        }
    }

    @TestFactory
    Stream<DynamicTest> each_example_runs_without_a_warning() throws IOException {
        List<Path> examples = new ArrayList<>(filesIn(EXAMPLES, ".yaml"));
        for (PolicyFolder policy : PolicyFolder.all()) {
            examples.addAll(filesIn(policy.examples(ROOT), ".yaml"));
        }
        return examples.stream()
                .filter(file -> !OF_LATER.contains(file.getFileName().toString()))
                .map(file -> DynamicTest.dynamicTest(name(file), () -> runs(Files.readString(file), file)));
    }

    @TestFactory
    Stream<DynamicTest> an_example_of_the_whole_language_has_no_mistake_but_what_comes_later() {
        return OF_LATER.stream()
                .sorted()
                .map(EXAMPLES::resolve)
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    Loaded loaded = ConfigLoader.load(file, name(file), OPTIONS.withLaterFeaturesAs(Severity.WARNING));
                    assertThat(loaded.hasErrors())
                            .as(TextReport.of(loaded.diagnostics()))
                            .isFalse();
                    assertThat(ConfigLoader.load(file, name(file), OPTIONS).diagnostics())
                            .filteredOn(Diagnostic::isError)
                            .extracting(Diagnostic::code)
                            .containsOnly(Code.GH1004);
                }));
    }

    @TestFactory
    Stream<DynamicTest> each_whole_file_in_a_document_runs_without_a_warning() throws IOException {
        return blocks().stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.toString(), () -> runs(block.text, EXAMPLES.resolve("in-a-document.yaml"))));
    }

    @TestFactory
    Stream<DynamicTest> an_example_that_a_document_quotes_is_quoted_as_it_is() throws IOException {
        return blocks().stream()
                .filter(block -> block.text.startsWith(NAMES_AN_EXAMPLE))
                .map(block -> DynamicTest.dynamicTest(block.toString(), () -> {
                    String[] firstAndRest = block.text.split("\n", 2);
                    Path example = EXAMPLES.resolve(firstAndRest[0].substring(NAMES_AN_EXAMPLE.length()));
                    assertThat(withoutHeading(Files.readString(example))).isEqualTo(firstAndRest[1]);
                }));
    }

    /// Loads it and compiles it. Opens nothing.
    private static void runs(String text, Path path) {
        Loaded loaded = ConfigLoader.load(new SourceFile(name(path), path, text), OPTIONS);
        assertThat(loaded.diagnostics()).as(TextReport.of(loaded.diagnostics())).isEmpty();
        Snapshot snapshot = Snapshot.compile(Plan.of(loaded), Surroundings.none(), null);
        snapshot.discard(null);
        assertThat(snapshot.problems()).isEmpty();
    }

    private static List<Block> blocks() throws IOException {
        List<Path> documents = new ArrayList<>(filesIn(ROOT.resolve("docs/guide"), ".md"));
        documents.add(ROOT.resolve("README.md"));
        PolicyFolder.all().forEach(policy -> documents.add(policy.guide(ROOT)));
        List<Block> blocks = new ArrayList<>();
        for (Path document : documents) {
            addBlocks(document, blocks);
        }
        assertThat(blocks).isNotEmpty();
        return blocks;
    }

    private static void addBlocks(Path document, List<Block> into) throws IOException {
        List<String> lines = Files.readAllLines(document);
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).strip().equals(BLOCK)) {
                int end = at + 1;
                while (!lines.get(end).strip().equals("```")) {
                    end++;
                }
                into.add(new Block(document, at + 1, String.join("\n", lines.subList(at + 1, end)) + "\n"));
                at = end;
            }
        }
    }

    /// Without the comment at the top, which says what the example is for.
    private static String withoutHeading(String example) {
        return example.lines().dropWhile(line -> line.startsWith("#")).reduce("", (all, line) -> all + line + "\n");
    }

    private static List<Path> filesIn(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
