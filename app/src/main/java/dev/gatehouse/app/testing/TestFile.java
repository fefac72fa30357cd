package dev.gatehouse.app.testing;

import dev.gatehouse.engine.config.decode.Decoder;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.decode.Placeholders;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.config.decode.UnknownKeys;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.diagnostic.Severity;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import dev.gatehouse.engine.config.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A test file that was read: as strictly as a configuration, with every mistake at its place.
///
/// @param written null when there are errors
/// @param tests in the order of the file
/// @param diagnostics in file order
public record TestFile(
        SourceFile source,
        @Nullable TestFileConfig written,
        Node.Mapping document,
        List<RequestTest> tests,
        List<Diagnostic> diagnostics) {
    public TestFile {
        tests = List.copyOf(tests);
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }

    /// Where the configuration is that it tests; null when it does not say.
    @Nullable
    Path config() {
        String named = written == null ? null : written.config();
        return named == null ? null : source.path().resolveSibling(named).normalize();
    }

    /// @param name as messages call it
    /// @param environment for `${env:…}`
    public static TestFile read(Path path, String name, Map<String, String> environment) {
        Diagnostics diagnostics = new Diagnostics();
        Path absolute = path.toAbsolutePath().normalize();
        try {
            return read(new SourceFile(name, absolute, Files.readString(path)), environment, diagnostics);
        } catch (IOException e) {
            SourceFile empty = new SourceFile(name, absolute, "");
            String why = e instanceof MalformedInputException
                    ? "it is not UTF-8"
                    : Files.exists(path) ? "this user may not read it" : "it does not exist";
            diagnostics.add(Diagnostic.error(
                    Code.GH0101, Span.at(empty, 1, 1), "the file " + name + " cannot be read: " + why));
            return new TestFile(empty, null, nothing(empty), List.of(), diagnostics.all());
        }
    }

    /// A text, as if it were a file.
    public static TestFile read(SourceFile source, Map<String, String> environment) {
        return read(source, environment, new Diagnostics());
    }

    private static TestFile read(SourceFile source, Map<String, String> environment, Diagnostics diagnostics) {
        Node root = YamlReader.read(source, diagnostics);
        if (root != null && !(root instanceof Node.Mapping)) {
            diagnostics.add(
                    Diagnostic.error(Code.GH1302, root.span(), "a test file is a map of sections, not " + root.noun())
                            .help("begin with a section, such as   tests:"));
        }
        if (!(root instanceof Node.Mapping document)) {
            return new TestFile(source, null, nothing(source), List.of(), diagnostics.all());
        }
        UnknownKeys unknown = new UnknownKeys(new TestVocabulary(), Severity.ERROR, diagnostics);
        Decoder decoder = new Decoder(diagnostics, new Placeholders(environment, diagnostics), unknown);
        TestFileConfig written = decoder.decode(document, TestFileConfig.class, NodePath.ROOT);
        List<RequestTest> tests = written == null ? List.of() : new Tests(diagnostics).of(written, document);
        return new TestFile(source, diagnostics.hasErrors() ? null : written, document, tests, diagnostics.all());
    }

    private static Node.Mapping nothing(SourceFile source) {
        return new Node.Mapping(Span.at(source, 1, 1), List.of());
    }

    /// Puts records and places together.
    private record Tests(Diagnostics diagnostics) {
        List<RequestTest> of(TestFileConfig written, Node.Mapping document) {
            List<RequestTest> tests = new ArrayList<>();
            List<Node> nodes = items(document, "tests");
            for (int i = 0; i < written.tests().size(); i++) {
                Node.Mapping node = (Node.Mapping) nodes.get(i);
                tests.add(test(written.tests().get(i), node));
            }
            return tests;
        }

        private RequestTest test(TestConfig written, Node.Mapping node) {
            List<RequestTest.Step> steps = new ArrayList<>();
            List<Node> nodes = written.request() == null ? items(node, "steps") : List.of(node);
            List<StepConfig> all = written.allSteps();
            for (int i = 0; i < all.size(); i++) {
                steps.add(step(all.get(i), (Node.Mapping) nodes.get(i), written.as()));
            }
            Node name = Objects.requireNonNullElse(node.get("name"), node);
            return new RequestTest(written, name.span(), steps);
        }

        /// @param asker of the whole test
        private RequestTest.Step step(StepConfig written, Node.Mapping node, @Nullable AskerConfig asker) {
            List<Expectation> expected = new ArrayList<>();
            if (node.get("expect") instanceof Node.Mapping expect) {
                expect.entries().stream()
                        .filter(entry -> !entry.name().startsWith("x-"))
                        .forEach(entry -> {
                            JsonNode wanted = JsonPath.read(
                                    Objects.requireNonNull(written.expect().get(entry.name()))
                                            .text());
                            Expectation one = wanted == null ? null : expectation(entry, wanted);
                            if (one != null) {
                                expected.add(one);
                            }
                        });
            }
            Node request = Objects.requireNonNullElse(node.get("request"), node);
            return new RequestTest.Step(written, request.span(), expected, written.as() == null ? asker : written.as());
        }

        private @Nullable Expectation expectation(Node.Entry entry, JsonNode wanted) {
            String key = entry.name();
            boolean known = Expectation.KEYS.contains(key)
                    || Expectation.PREFIXES.stream()
                            .anyMatch(prefix -> key.startsWith(prefix) && key.length() > prefix.length());
            if (!known) {
                List<String> legal = new ArrayList<>(Expectation.KEYS);
                Expectation.PREFIXES.forEach(prefix -> legal.add(prefix + "<name>"));
                diagnostics.add(Diagnostic.error(Code.GH1001, entry.key().span(), "unknown key '" + key + "' in expect")
                        .label(Suggestions.question(Suggestions.nearest(key, Expectation.KEYS)))
                        .why("allowed here: " + String.join(", ", legal)));
                return null;
            }
            try {
                return new Expectation(key, wanted, entry.value().span());
            } catch (IllegalArgumentException e) {
                diagnostics.add(Diagnostic.error(Code.GH1305, entry.value().span(), String.valueOf(e.getMessage())));
                return null;
            }
        }

        private static List<Node> items(Node.Mapping mapping, String key) {
            return mapping.get(key) instanceof Node.Sequence sequence ? sequence.items() : List.of();
        }
    }
}
