package dev.gatehouse.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A block of a guide whose first line names a file of the example plug-in stands in that file, line for line.
class QuotedCodeTest {
    private static final Path ROOT = Path.of(System.getProperty("gatehouse.root", "."));
    private static final Pattern BLOCK =
            Pattern.compile("```(?:java|yaml fragment)\n(?:// |# )(examples/plugin/\\S+)\n(.*?)```", Pattern.DOTALL);

    @TestFactory
    List<DynamicTest> quoted_code_is_as_it_stands_in_its_file() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> guides = Files.list(ROOT.resolve("docs/guide"))) {
            for (Path guide : guides.sorted().toList()) {
                Matcher block = BLOCK.matcher(Files.readString(guide));
                while (block.find()) {
                    Path file = ROOT.resolve(block.group(1));
                    List<String> quoted = lines(block.group(2));
                    tests.add(DynamicTest.dynamicTest(
                            guide.getFileName() + ": " + file.getFileName(),
                            () -> assertThat(lines(Files.readString(file))).containsSequence(quoted)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(5);
        return Collections.unmodifiableList(tests);
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).toList();
    }
}
