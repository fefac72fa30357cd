package dev.gatehouse.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).count();
        }
    }
}
