package dev.gatehouse.engine.config.load;

import static dev.gatehouse.engine.config.load.Loading.config;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.PolicySetting;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.SampleFeatures.CapConfig;
import dev.gatehouse.engine.config.load.SampleFeatures.StampConfig;
import dev.gatehouse.engine.config.load.SampleFeatures.TenantsConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Settings of policies, by name and in place, with a policy `stamp` as a plug-in brings it.
class PoliciesTest {
    private static final LoadOptions WITH_STAMP = Loading.PLAIN.withExtensions(SampleFeatures.slot("stamp"));

    private static final LoadOptions WITH_CAP = Loading.PLAIN.withExtensions(SampleFeatures.cap());

    @Test
    void a_route_names_a_setting_or_writes_its_own_or_has_none() {
        Loaded loaded = Loading.load("""
            policies: { stamp: { short: { text: s }, long: { text: l } } }
            defaults: { stamp: long }
            routes:
              - { path: /a, respond: 204 }
              - { path: /b, respond: 204, stamp: short }
              - { path: /c, respond: 204, stamp: { text: own, times: 3 } }
              - { path: /d, respond: 204, stamp: none }
            """, WITH_STAMP);

        assertThat(config(loaded).routes())
                .extracting(route -> route.policies().get("stamp"))
                .containsExactly(
                        new PolicySetting("stamp", "long", new StampConfig("l", 1), false),
                        new PolicySetting("stamp", "short", new StampConfig("s", 1), false),
                        new PolicySetting("stamp", null, new StampConfig("own", 3), false),
                        null);
        assertThat(loaded.diagnostics()).isEmpty();
    }

    @Test
    void a_slot_is_replaced_whole_never_merged() {
        Loaded loaded = Loading.load("""
            routes:
              - group: all
                stamp: { text: group, times: 9 }
                routes: [ { path: /a, respond: 204, stamp: { text: route } } ]
            """, WITH_STAMP);

        assertThat(stamp(loaded)).isEqualTo(new StampConfig("route", 1));
    }

    @Test
    void a_setting_extends_another_and_changes_some_of_it() {
        Loaded loaded = Loading.load("""
            policies:
              stamp:
                loud: { extends: standard, times: 5 }
                standard: { text: hello, times: 2 }
            routes: [ { respond: 204, stamp: { extends: loud, text: bye } } ]
            """, WITH_STAMP);

        assertThat(stamp(loaded)).isEqualTo(new StampConfig("bye", 5));
    }

    @Test
    void a_setting_may_be_in_shadow_wherever_it_is_written() {
        Loaded loaded = Loading.load("""
            policies:
              stamp:
                tried: { text: t, shadow: true }
                live: { extends: tried, shadow: false }
            routes:
              - { path: /a, respond: 204, stamp: tried }
              - { path: /b, respond: 204, stamp: live }
              - { path: /c, respond: 204, stamp: { extends: tried, times: 2 } }
              - { path: /d, respond: 204, stamp: { text: own, shadow: true } }
              - { path: /e, respond: 204, stamp: { extends: live, shadow: true } }
            """, WITH_STAMP);

        assertThat(config(loaded).routes())
                .extracting(route -> route.policies().get("stamp").shadow())
                .containsExactly(true, false, true, true, true);
        assertThat(loaded.diagnostics()).isEmpty();
    }

    @Test
    void whether_a_setting_is_in_shadow_is_true_or_false() {
        assertThat(Loading.mistakes(Loading.load(
                        "routes: [ { respond: 204, stamp: { text: t, shadow: maybe, tims: 2 } } ]", WITH_STAMP)))
                .containsExactlyInAnyOrder("GH1302 routes[0].stamp.shadow", "GH1001 routes[0].stamp.tims");
    }

    @Test
    void what_a_setting_extends_is_a_name() {
        assertThat(Loading.mistakes(
                        Loading.load("routes: [ { respond: 204, stamp: { text: t, extends: [ a ] } } ]", WITH_STAMP)))
                .containsExactly("GH1302 routes[0].stamp.extends");
        assertThat(Loading.load("routes: [ { respond: 204, stamp: { text: t, shadwo: true } } ]", WITH_STAMP)
                        .diagnostics())
                .singleElement()
                .extracting(Diagnostic::label)
                .isEqualTo("did you mean 'shadow'?");
    }

    @Test
    void a_size_may_stand_for_settings_beside_names() {
        Loaded loaded = Loading.load("""
            policies: { cap: { upload: 10MiB } }
            routes:
              - { path: /a, respond: 204, cap: upload }
              - { path: /b, respond: 204, cap: 64KiB }
              - { path: /c, respond: 204, cap: { extends: upload, shadow: true } }
            """, WITH_CAP);

        assertThat(config(loaded).routes())
                .extracting(route -> route.policies().get("cap"))
                .containsExactly(
                        new PolicySetting("cap", "upload", new CapConfig(10 << 20), false),
                        new PolicySetting("cap", null, new CapConfig(64 << 10), false),
                        new PolicySetting("cap", null, new CapConfig(10 << 20), true));
    }

    @Test
    void a_word_that_is_neither_a_name_nor_a_size_is_told_as_what_it_looks_like() {
        assertThat(Loading.mistakes(Loading.load("routes: [ { respond: 204, cap: uplaod } ]", WITH_CAP)))
                .containsExactly("GH1101 routes[0].cap");
        assertThat(Loading.mistakes(Loading.load("routes: [ { respond: 204, cap: 10MB } ]", WITH_CAP)))
                .containsExactly("GH1301 routes[0].cap");
    }

    @Test
    void a_setting_in_short_has_no_keys_that_could_be_changed() {
        Loaded loaded = Loading.load("""
            policies: { cap: { upload: 10MiB } }
            routes: [ { respond: 204, cap: { extends: upload, size: 1MiB } } ]
            """, WITH_CAP);

        assertThat(loaded.diagnostics()).singleElement().satisfies(one -> {
            assertThat(one.message()).isEqualTo("'upload' is text: it has no keys that could be changed here");
            assertThat(one.path()).isEqualTo("routes[0].cap.extends");
        });
    }

    @Test
    void the_place_of_a_setting_is_where_it_is_defined_and_no_part_of_the_route() {
        String yaml = """
            policies:
              stamp:
                short: { text: s }
            defaults: { stamp: { text: d } }
            routes:
              - { path: /a, respond: 204, stamp: short }
              - { path: /b, respond: 204, stamp: { text: own } }
              - { path: /c, respond: 204 }
              - { path: /d, respond: 204, stamp: none }
            """;
        Loaded loaded = Loading.load(yaml, WITH_STAMP);

        assertThat(loaded.routes().stream().map(route -> String.valueOf(route.policy("stamp"))))
                .containsExactly("gateway.yaml:3:12", "gateway.yaml:7:38", "gateway.yaml:4:20", "null");
        assertThat(config(Loading.load("name: moved\n" + yaml, WITH_STAMP)).routes())
                .isEqualTo(config(loaded).routes());
    }

    @Test
    void settings_that_extend_each_other_in_a_circle_are_an_error() {
        Loaded loaded = Loading.load("""
            policies:
              stamp:
                a: { extends: b }
                b: { extends: c }
                c: { extends: b }
            routes: [ { respond: 204, stamp: a } ]
            """, WITH_STAMP);

        assertThat(loaded.diagnostics()).anySatisfy(one -> {
            assertThat(one.code().name()).isEqualTo("GH1102");
            assertThat(one.notes()).extracting(Diagnostic.Note::text).contains("a → b → c → b");
        });
    }

    @Test
    void a_name_that_is_not_defined_is_an_error_with_the_names_that_are() {
        Loaded loaded = Loading.load("""
            policies: { stamp: { menus: { text: m }, users: { text: u } } }
            routes:
              - { path: /a, respond: 204, stamp: menu }
              - { path: /b, respond: 204, stamp: users }
            """, WITH_STAMP);

        assertThat(loaded.diagnostics()).singleElement().satisfies(one -> {
            assertThat(one.message()).isEqualTo("route 'ANY /a' uses stamp 'menu', which is not defined");
            assertThat(one.label())
                    .isEqualTo("defined: menus (gateway.yaml:1), users (gateway.yaml:1). did you mean 'menus'?");
        });
    }

    @Test
    void a_mistake_in_a_named_setting_is_told_once_however_many_use_it() {
        Loaded loaded = Loading.load("""
            policies: { stamp: { m: { text: m, times: 0 } } }
            routes:
              - { path: /a, respond: 204, stamp: m }
              - { path: /b, respond: 204, stamp: m }
            """, WITH_STAMP);

        assertThat(Loading.mistakes(loaded)).containsExactly("GH1303 policies.stamp.m.times");
    }

    @Test
    void a_setting_that_nobody_uses_is_a_warning_and_an_unknown_slot_an_error() {
        assertThat(Loading.mistakes(Loading.load(
                        "policies: { stamp: { m: { text: m } } }\nroutes: [ { respond: 204 } ]", WITH_STAMP)))
                .containsExactly("GH2102 policies.stamp.m");
        assertThat(Loading.mistakes(
                        Loading.load("policies: { stmap: {}, cache: {} }\nroutes: [ { respond: 204 } ]", WITH_STAMP)))
                .containsExactly("GH1001 policies.stmap", "GH1004 policies.cache");
    }

    @Test
    void a_section_of_a_plug_in_is_read_under_its_name_and_its_aliases() {
        LoadOptions options = Loading.PLAIN.withExtensions(SampleFeatures.section());
        Map<String, Record> expected = Map.of("tenants", new TenantsConfig(List.of("a", "b")));

        assertThat(config(Loading.load("tenants: { names: [ a, b ] }", options)).sections())
                .isEqualTo(expected);
        assertThat(config(Loading.load("customers: [ a, b ]", options)).sections())
                .isEqualTo(expected);
        assertThat(Loading.mistakes(Loading.load("tennants: [ a, b ]", options)))
                .containsExactly("GH1001 tennants");
    }

    private static Record stamp(Loaded loaded) {
        return config(loaded).routes().getFirst().policies().get("stamp").config();
    }
}
