package dev.gatehouse.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// One policy, one folder: everything about it is found from its factory. That its guide and examples run is shown
/// by [ExamplesTest], that its reference is true by [ReferenceTest].
class PolicyFolderTest {
    private static final Path ROOT = Path.of(System.getProperty("gatehouse.root", "."));

    @Test
    void there_are_policies() {
        assertThat(PolicyFolder.all()).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> each_policy_brings_a_guide_and_examples() {
        return PolicyFolder.all().stream()
                .map(policy -> DynamicTest.dynamicTest(policy.slot(), () -> {
                    assertThat(policy.guide(ROOT)).isRegularFile();
                    assertThat(Files.readString(policy.guide(ROOT))).startsWith("# `" + policy.slot() + "`");
                    assertThat(count(policy.examples(ROOT))).isPositive();
                }));
    }

    /// All but `auth`: what stands in its slot names entries of another section, where the contract's own names
    /// and its unknown keys are looked for too. `AuthHarnessTest` asks for what it has to keep.
    @TestFactory
    Stream<DynamicTest> each_policy_is_held_to_the_contract() {
        return PolicyFolder.all().stream()
                .filter(policy -> !policy.slot().equals("auth"))
                .map(policy -> DynamicTest.dynamicTest(
                        policy.slot(),
                        () -> assertThat(sources(policy.tests(ROOT)))
                                .anyMatch(source -> source.contains("extends PolicyContract")
                                        && source.contains("new "
                                                + policy.factory().getClass().getSimpleName() + "()"))));
    }

    @TestFactory
    Stream<DynamicTest> the_settings_of_each_policy_are_called_like_its_slot() {
        return PolicyFolder.all().stream()
                .map(policy -> DynamicTest.dynamicTest(
                        policy.slot(),
                        () -> assertThat(policy.factory().configType().getAnnotation(Settings.class))
                                .isNotNull()
                                .extracting(Settings::name)
                                .isEqualTo(policy.slot())));
    }

    private static List<String> sources(Path folder) throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).count();
        }
    }
}
