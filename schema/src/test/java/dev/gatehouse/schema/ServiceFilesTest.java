package dev.gatehouse.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceFilesTest {
    private static final String FACTORIES = "META-INF/services/dev.gatehouse.api.policy.PolicyFactory";
    private static final String SECTIONS = "META-INF/services/dev.gatehouse.api.config.ConfigSection";
    private static final String HEADING = "# Written when the module is compiled, from its classes.\n";
    private static final String STAMP = "public class Stamp implements PolicyFactory<Config> {} record Config() {}";

    @Test
    void lists_what_a_module_adds_in_order() {
        Compiled compiled = Compiled.of(
                Map.of(
                        "Stamp", STAMP,
                        "Alpha", "public class Alpha extends Stamp {}",
                        "Tenants", """
                            public class Tenants implements ConfigSection<Names> {
                                public String name() { return "tenants"; }
                                public Class<Names> type() { return Names.class; }
                            }
                            record Names() {}
                            """),
                Map.of());

        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.resources()).containsEntry(FACTORIES, HEADING + "Alpha\nStamp\n");
        assertThat(compiled.resources()).containsEntry(SECTIONS, HEADING + "Tenants\n");
    }

    @Test
    void writes_nothing_for_a_module_that_adds_nothing() {
        assertThat(Compiled.of("class Plain {}").resources()).isEmpty();
    }

    @Test
    void passes_over_what_nobody_can_make() {
        Compiled compiled = Compiled.of("""
            interface Kind extends PolicyFactory<Config> {}
            abstract class Half implements Kind {}
            class Outer { public static class Nested implements PolicyFactory<Config> {} }
            record Config() {}
            """);

        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.resources()).isEmpty();
    }

    @Test
    void refuses_a_class_the_gateway_cannot_make() {
        assertThat(Compiled.of("class Hidden implements PolicyFactory<Config> {} record Config() {}")
                        .errors())
                .containsExactly("line 1: Hidden: a gateway makes its PolicyFactory by itself: it needs a public class"
                        + " with a public constructor without parameters");
        assertThat(Compiled.of("public class Test implements PolicyFactory<C> { public Test(int x) {} } record C() {}")
                        .errors())
                .singleElement()
                .asString()
                .startsWith("line 1: Test: ");
        assertThat(Compiled.of("public class Test implements PolicyFactory<C> { Test() {} } record C() {}")
                        .errors())
                .hasSize(1);
    }

    @Test
    void leaves_a_file_of_the_modules_own_as_it_is() {
        String own = "# mine\nStamp # the first\ncom.example.Other\n";
        Compiled compiled = Compiled.of(Map.of("Stamp", STAMP), Map.of(FACTORIES, own));

        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.resources()).containsEntry(FACTORIES, own);
    }

    @Test
    void refuses_a_file_of_the_modules_own_that_forgets_a_class() {
        Compiled compiled = Compiled.of(Map.of("Stamp", STAMP), Map.of(FACTORIES, "com.example.Other\n"));

        assertThat(compiled.errors())
                .containsExactly("line 1: Stamp is not in this module's own " + FACTORIES
                        + ": add it there, or delete the file and have it written");
    }

    @Test
    void writes_its_own_file_anew_without_what_is_gone() {
        Compiled compiled =
                Compiled.of(Map.of("Stamp", STAMP), Map.of(FACTORIES, HEADING + "com.example.Gone\nStamp\n"));

        assertThat(compiled.resources()).containsEntry(FACTORIES, HEADING + "Stamp\n");
    }

    @Test
    void the_settings_of_a_policy_have_the_keys_that_all_have() {
        Compiled compiled = Compiled.of(Map.of("Stamp", """
            public class Stamp implements PolicyFactory<Config> {}
            @Settings(value = "Puts a text on answers.", name = "stamp") record Config(@Setting("x") String text) {
                public static Config of(long octets) { return new Config("" + octets); }
            }
            """), Map.of());

        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.resource("schema/stamp.json").replaceAll("\\n *", ""))
                .contains("\"extends\": {", "\"shadow\": {")
                .contains("\"anyOf\": [{\"required\": [\"text\"]},{\"required\": [\"extends\"]}]")
                .contains("\"x-forms\": [{\"type\": [\"string\",\"integer\"],\"pattern\": \"^([0-9]+(B|KiB|MiB|GiB)|");
        assertThat(compiled.resource("reference/stamp.md"))
                .contains("A policy: `stamp` of a route, a group or `defaults` is these keys (in short: size), the"
                        + " name of settings under `policies.stamp`, or `none`.")
                .contains("| `extends` | ", "| `shadow` | ");
    }

    @Test
    void a_policy_cannot_call_a_key_of_its_own_like_one_that_all_have() {
        assertThat(Compiled.of("""
            public class Test implements PolicyFactory<Config> {}
            @Settings(value = "Stamp.", name = "stamp") record Config(@Setting("x") boolean shadow) {}
            """).errors())
                .containsExactly("line 2: shadow: every policy has a key of this name already; call it otherwise");
    }
}
