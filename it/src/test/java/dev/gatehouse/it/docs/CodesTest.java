package dev.gatehouse.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.app.demo.DemoTrust;
import dev.gatehouse.app.help.FailureHelp;
import dev.gatehouse.app.testing.BoundTests;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Example;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every code is explained, and its example is one: what `gatehouse help CODE` shows is what `gatehouse check` says.
class CodesTest {
    /// Circles are made of settings of a policy; this one shows them.
    private static final String POLICY_OF_AN_EXAMPLE = "headers";

    private static final LoadOptions OPTIONS = LoadOptions.standard().withEnvironment(Map.of());

    /// What is wrong with jars, and not with a file. [dev.gatehouse.it.plugin.PluginMistakesTest] makes them, and
    /// TracingDiagnosticsTest of the engine the one about a module that is missing.
    private static final Set<Code> OF_JARS = Set.of(Code.GH1603, Code.GH1701, Code.GH1702);

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> an_example_makes_the_mistake_of_its_code_and_mended_it_makes_none() {
        return Arrays.stream(Code.values())
                .filter(code -> !OF_JARS.contains(code))
                .filter(code -> code != Code.GH1102 || OPTIONS.extensions().factory(POLICY_OF_AN_EXAMPLE) != null)
                .map(code -> DynamicTest.dynamicTest(code.name(), () -> makesAndMends(code)));
    }

    @TestFactory
    Stream<DynamicTest> a_failure_says_what_it_means_and_what_the_client_can_do() {
        return Arrays.stream(FailureKind.values())
                .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> {
                    FailureHelp help = FailureHelp.of(kind);
                    assertThat(help.meaning().lines())
                            .isNotEmpty()
                            .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
                    assertThat(help.meaning()).endsWith(".");
                    assertThat(help.client()).endsWith(".");
                }));
    }

    private void makesAndMends(Code code) throws IOException {
        Example example = Example.of(code).orElseThrow();

        List<Diagnostic> wrong = check(example, example.wrong());
        assertThat(wrong).as(TextReport.of(wrong)).extracting(Diagnostic::code).contains(code);

        List<Diagnostic> right = check(example, example.right());
        assertThat(right).as(TextReport.of(right)).isEmpty();
    }

    private List<Diagnostic> check(Example example, String text) throws IOException {
        Path here = Files.createTempDirectory(folder, "example");
        for (var beside : example.beside().entrySet()) {
            Path file = here.resolve(beside.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, beside.getValue());
        }
        Path file = here.resolve("gateway.yaml");
        Files.writeString(file, text);
        Loaded loaded = ConfigLoader.load(file, "gateway.yaml", OPTIONS);
        ConfigCheck check = ConfigCheck.dryRun(loaded);
        return check.hasErrors()
                ? check.diagnostics()
                : Stream.of(check.diagnostics(), DemoTrust.check(loaded), BoundTests.run(loaded, OPTIONS))
                        .flatMap(List::stream)
                        .toList();
    }
}
