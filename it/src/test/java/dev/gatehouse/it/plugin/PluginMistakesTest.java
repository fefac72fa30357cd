package dev.gatehouse.it.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.cli.GatehouseCommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of plug-ins that cannot be loaded: which jar, and why.
class PluginMistakesTest {
    private static final String CLASS = "com/example/visits/VisitsPolicyFactory.class";
    private static final String SERVICES = "META-INF/services/dev.gatehouse.api.policy.PolicyFactory";
    private static final PluginJar VISITS = Visits.version("");

    @TempDir
    Path folder;

    private Path plugins;
    private Path file;

    @BeforeEach
    void lay_out_the_files() throws IOException {
        plugins = Files.createDirectory(folder.resolve("plugins"));
        file = Files.writeString(folder.resolve("gateway.yaml"), """
                routes:
                  - { path: /visited, respond: { body: hi }, visits: {} }
                """);
    }

    @Test
    void a_file_that_is_no_jar() throws IOException {
        Files.writeString(plugins.resolve("visits.jar"), "this is no jar");

        assertThat(refused()).contains("GH1701").contains("visits.jar cannot be loaded: it cannot be read: ");
    }

    @Test
    void a_jar_of_which_half_was_copied() throws IOException {
        byte[] whole = Files.readAllBytes(VISITS.writeTo(folder.resolve("whole.jar")));
        Files.write(plugins.resolve("visits.jar"), java.util.Arrays.copyOf(whole, whole.length / 2));

        assertThat(refused()).contains("visits.jar cannot be loaded: it cannot be read: ");
    }

    @Test
    void a_jar_that_is_no_plug_in() {
        VISITS.without(SERVICES).writeTo(plugins.resolve("library.jar"));

        assertThat(refused()).contains("library.jar cannot be loaded: it brings no policy and no section");
    }

    @Test
    void a_list_of_services_that_names_a_class_there_is_not() {
        VISITS.with(SERVICES, "com.example.visits.Gone\n").writeTo(plugins.resolve("visits.jar"));

        assertThat(refused()).contains("visits.jar cannot be loaded: ").contains("com.example.visits.Gone not found");
    }

    @Test
    void a_class_that_is_missing() {
        VISITS.without("com/example/visits/VisitsConfig.class").writeTo(plugins.resolve("visits.jar"));

        assertThat(refused())
                .contains("visits.jar cannot be loaded: it needs the class com.example.visits.VisitsConfig, which"
                        + " neither it nor the API nor the JDK has");
    }

    @Test
    void a_class_that_is_missing_only_when_a_policy_is_made() {
        VISITS.without("com/example/visits/VisitsPolicy.class").writeTo(plugins.resolve("visits.jar"));

        assertThat(refused())
                .contains("GH1205")
                .contains("gateway.yaml:2:")
                .contains("java.lang.NoClassDefFoundError: com/example/visits/VisitsPolicy");
    }

    @Test
    void a_class_for_a_later_java() {
        byte[] octets = VISITS.entry(CLASS);
        octets[7] = 99;
        VISITS.with(CLASS, octets).writeTo(plugins.resolve("visits.jar"));

        assertThat(refused())
                .contains("visits.jar cannot be loaded")
                .contains("VisitsPolicyFactory.class was compiled for Java 55, and this gateway runs on Java "
                        + Runtime.version().feature());
    }

    @Test
    void a_factory_that_cannot_be_made() {
        factory("throw new IllegalStateException(\"no licence\");", "\"visits\"", "")
                .writeTo(plugins.resolve("a.jar"));

        assertThat(refused())
                .contains("a.jar cannot be loaded: it failed while it was loaded: java.lang.IllegalStateException: no"
                        + " licence");
    }

    @Test
    void a_factory_that_fails_to_make_its_policy() {
        factory("", "\"visits\"", "String none = null; none.length();").writeTo(plugins.resolve("a.jar"));

        assertThat(refused()).contains("gateway.yaml:2:").contains("java.lang.NullPointerException");
    }

    @Test
    void a_factory_that_refuses_its_settings() {
        factory("", "\"visits\"", "if (true) throw new IllegalArgumentException(\"way: not this one\");")
                .writeTo(plugins.resolve("a.jar"));

        assertThat(refused()).contains("gateway.yaml:2:").contains("way: not this one");
    }

    @Test
    void two_that_want_the_same_slot() {
        VISITS.writeTo(plugins.resolve("one.jar"));
        VISITS.writeTo(plugins.resolve("two.jar"));

        assertThat(refused())
                .contains("GH1702")
                .contains("two.jar wants the slot 'visits', which belongs to ")
                .contains("one.jar");
    }

    @Test
    void one_that_wants_a_key_of_the_gateway_itself() {
        factory("", "\"service\"", "").writeTo(plugins.resolve("a.jar"));

        assertThat(refused()).contains("a.jar wants the slot 'service', which belongs to Gatehouse itself");
    }

    @Test
    void one_that_wants_a_key_nobody_could_write() {
        factory("", "\"My Slot\"", "").writeTo(plugins.resolve("a.jar"));

        assertThat(refused())
                .contains("a.jar cannot be loaded: it wants the key 'My Slot', and keys are in snake_case");
    }

    @Test
    void nothing_else_is_said_of_a_file_whose_plug_ins_are_broken() throws IOException {
        Files.writeString(plugins.resolve("visits.jar"), "this is no jar");

        assertThat(refused()).contains("1 error, 0 warnings").doesNotContain("unknown key");
    }

    @Test
    void a_folder_that_is_not_there() {
        GatehouseCommandLine check = check(folder.resolve("nowhere"));

        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out()).contains("GH1701").contains("nowhere cannot be read: it does not exist");
    }

    @Test
    void a_plug_in_sees_neither_the_engine_nor_what_that_is_made_of() {
        for (String hidden : new String[] {
            "dev.gatehouse.engine.Gateway", "dev.gatehouse.app.Main", "io.netty.buffer.ByteBuf", "org.slf4j.Logger",
        }) {
            factory(
                            "try { Class.forName(\"" + hidden + "\"); } catch (ClassNotFoundException e) {"
                                    + " throw new IllegalStateException(\"hidden \" + e.getMessage()); }",
                            "\"visits\"",
                            "")
                    .writeTo(plugins.resolve("a.jar"));

            assertThat(refused()).contains("hidden " + hidden);
        }
    }

    @Test
    void plug_ins_do_not_see_each_other_and_may_bring_classes_of_the_same_name() {
        VISITS.writeTo(plugins.resolve("one.jar"));
        factory("", "\"other_visits\"", "").writeTo(plugins.resolve("two.jar"));

        GatehouseCommandLine check = check(plugins);
        assertThat(check.code()).as(check.out()).isZero();
    }

    @Test
    void a_folder_of_jars_is_one_plug_in_with_its_libraries() throws IOException {
        Path one = Files.createDirectory(plugins.resolve("visits"));
        VISITS.without("com/example/visits/VisitsPolicy.class").writeTo(one.resolve("visits.jar"));
        VISITS.without(SERVICES).writeTo(one.resolve("library.jar"));
        Files.writeString(plugins.resolve("README.md"), "not a jar");

        GatehouseCommandLine check = check(plugins);
        assertThat(check.code()).as(check.out()).isZero();
    }

    private String refused() {
        GatehouseCommandLine check = check(plugins);
        assertThat(check.code()).as(check.out()).isEqualTo(1);
        return check.out();
    }

    private GatehouseCommandLine check(Path from) {
        return GatehouseCommandLine.of("check", "-f", file.toString(), "--plugins", from.toString());
    }

    /// @param made what its constructor does
    /// @param name the slot it wants, as an expression
    /// @param create what it does before it makes its policy
    private static PluginJar factory(String made, String name, String create) {
        return PluginJar.of("""
                package com.example.visits;

                import dev.gatehouse.api.config.Setting;
                import dev.gatehouse.api.config.Settings;

                @Settings(name = "visits", value = "Counts visits.")
                public record VisitsConfig(@Setting(value = "How.", byDefault = "up") String way) {}
                """, """
                package com.example.visits;

                import dev.gatehouse.api.policy.Policy;
                import dev.gatehouse.api.policy.PolicyContext;
                import dev.gatehouse.api.policy.PolicyFactory;
                import dev.gatehouse.api.policy.Stage;
                import dev.gatehouse.api.policy.Staged;
                import java.util.List;

                public final class VisitsPolicyFactory implements PolicyFactory<VisitsConfig> {
                    public VisitsPolicyFactory() { %s }

                    @Override
                    public String name() {
                        return %s;
                    }

                    @Override
                    public Class<VisitsConfig> configType() {
                        return VisitsConfig.class;
                    }

                    @Override
                    public List<Staged> create(VisitsConfig config, PolicyContext context) {
                        %s
                        return List.of(new Staged(Stage.LIMIT, new Policy() {}));
                    }
                }
                """.formatted(made, name, create));
    }
}
