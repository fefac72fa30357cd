package dev.gatehouse.engine.config.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.config.JsonText;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.diagnostic.Severity;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.yaml.YamlReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderTest {
    public enum Colour {
        RED,
        DARK_BLUE
    }

    @Settings(name = "all", value = "Every kind of value.")
    public record All(
            @Setting(value = "i", byDefault = "7", min = "1", max = "100")
            int count,

            @Setting(value = "l", byDefault = "64KiB", max = "1GiB")
            long size,

            @Setting(value = "d", byDefault = "30s", min = "10ms")
            Duration time,

            @Setting(value = "b", byDefault = "true") boolean flag,
            @Setting(value = "e", byDefault = "red") Colour colour,

            @Setting(value = "w", byDefault = "auto", min = "1") @Nullable
            Integer loops,

            @Setting(value = "n", byDefault = "none") List<String> names,
            @Setting("m") Map<String, Inner> inners,
            @Setting("j") @Nullable JsonText json,
            @Setting("s") @Nullable String text,
            @Setting("k") Inner inner,
            @Setting(value = "c5", byDefault = "0") int consecutive5xx) {}

    @Settings(name = "inner", value = "Something within.")
    public record Inner(
            @Setting(value = "x", byDefault = "1") int x,
            @Setting(value = "y", byDefault = "2") int y) {
        public Inner {
            if (x > y) {
                throw new IllegalArgumentException("x: " + x + " is above y");
            }
        }

        public static Inner of(int x) {
            return new Inner(x, 99);
        }

        public static Inner of(Duration x) {
            return new Inner((int) x.toMillis(), 1_000_000);
        }

        public static Inner of(Colour colour) {
            return new Inner(colour.ordinal(), 100 + colour.ordinal());
        }

        public static Inner of(List<Integer> xs) {
            if (xs.isEmpty()) {
                throw new IllegalArgumentException("an empty list says nothing");
            }
            return new Inner(xs.get(0), xs.get(1));
        }
    }

    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void what_is_not_written_has_its_default() {
        assertThat(decode("{}"))
                .isEqualTo(new All(
                        7,
                        64 << 10,
                        Duration.ofSeconds(30),
                        true,
                        Colour.RED,
                        null,
                        List.of(),
                        Map.of(),
                        null,
                        null,
                        new Inner(1, 2),
                        0));
    }

    @Test
    void every_kind_of_value_is_read() {
        assertThat(decode("""
            count: 8
            size: 10MiB
            time: 2m
            flag: false
            colour: dark_blue
            loops: 4
            names: [ a, 5, "b" ]
            inners: { p: { x: 0 }, q: 3 }
            json: { a: [ 1, 2.50, true, null, "1", x ], b: {} }
            text: 12
            inner: { y: 3 }
            consecutive_5xx: 9
            x-mine: anything
            """))
                .isEqualTo(new All(
                        8,
                        10 << 20,
                        Duration.ofMinutes(2),
                        false,
                        Colour.DARK_BLUE,
                        4,
                        List.of("a", "5", "b"),
                        Map.of("p", new Inner(0, 2), "q", new Inner(3, 99)),
                        new JsonText("{\"a\":[1,2.50,true,null,\"1\",\"x\"],\"b\":{}}"),
                        "12",
                        new Inner(1, 3),
                        9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"5 | 5 | 99", "20ms | 20 | 1000000", "dark_blue | 1 | 101", "[ 3, 4 ] | 3 | 4", "{ x: 2 } | 2 | 2"
            })
    void a_record_may_be_written_in_its_short_forms(String written, int x, int y) {
        All all = decode("inner: " + written);
        assertThat(all).as("%s", diagnostics.all()).isNotNull();
        assertThat(all.inner()).isEqualTo(new Inner(x, y));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count: 0 | GH1303 all.count",
                "count: 101 | GH1303 all.count",
                "count: 5000000000 | GH1302 all.count",
                "count: 1.5 | GH1302 all.count",
                "count: \"5\" | GH1302 all.count",
                "count: 0x10 | GH1302 all.count",
                "size: 2GiB | GH1303 all.size",
                "size: 64 | GH1301 all.size",
                "size: 9999999999GiB | GH1301 all.size",
                "size: 64kb | GH1301 all.size",
                "time: 5 | GH1301 all.time",
                "time: -5s | GH1301 all.time",
                "time: 1ms | GH1303 all.time",
                "time: [ 5s ] | GH1302 all.time",
                "flag: yes | GH1302 all.flag",
                "flag: \"true\" | GH1302 all.flag",
                "colour: RED | GH1304 all.colour",
                "loops: atuo | GH1302 all.loops",
                "names: a | GH1302 all.names",
                "names: [ a, [ b ] ] | GH1302 all.names[1]",
                "inners: [ a ] | GH1302 all.inners",
                "inners: { p: { z: 1 } } | GH1001 all.inners.p.z",
                "inner: { x: 5 } | GH1305 all.inner.x",
                "inner: blue | GH1304 all.inner",
                "inner: [] | GH1305 all.inner",
                "text: | GH1302 all.text",
                "text: {} | GH1302 all.text",
                "cuont: 5 | GH1001 all.cuont",
            })
    void each_mistake_is_told_where_it_is(String yaml, String expected) {
        assertThat(decode(yaml)).isNull();
        assertThat(said()).containsExactly(expected);
    }

    @Test
    void all_mistakes_are_told_together() {
        assertThat(decode("count: x\ntime: 5\nflag: on\nflga: off\ninners: { a: { x: x }, b: { x: 9 } }"))
                .isNull();
        assertThat(said())
                .containsExactly(
                        "GH1302 all.count",
                        "GH1301 all.time",
                        "GH1302 all.flag",
                        "GH1001 all.flga",
                        "GH1302 all.inners.a.x",
                        "GH1305 all.inners.b.x");
    }

    @Test
    void values_come_from_the_environment_after_the_file_was_read() {
        All all = decode(
                "{ count: \"${env:COUNT}\", text: \"a-${env:EVIL}-$${env:X}\", time: \"${env:NONE:-5s}\" }",
                Map.of("COUNT", "9", "EVIL", "\"\nflag: false # {"));

        assertThat(all).as("%s", diagnostics.all()).isNotNull();
        assertThat(all.count()).isEqualTo(9);
        assertThat(all.flag()).isTrue();
        assertThat(all.text()).isEqualTo("a-\"\nflag: false # {-${env:X}");
        assertThat(all.time()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${env:NOT_SET} | GH1401 all.text",
                "${env:} | GH1403 all.text",
                "${env:A B} | GH1403 all.text",
                "${vault:x} | GH1403 all.text",
                "${ | GH1403 all.text",
                "${file:not-there} | GH1402 all.text",
                "${file:} | GH1402 all.text",
            })
    void a_placeholder_that_cannot_be_filled_is_an_error(String placeholder, String expected) {
        assertThat(decode("text: \"" + placeholder + "\"")).isNull();
        assertThat(said()).containsExactly(expected);
    }

    private All decode(String yaml) {
        return decode(yaml, Map.of());
    }

    private All decode(String yaml, Map<String, String> environment) {
        Node node = YamlReader.read(new SourceFile("gateway.yaml", Path.of("gateway.yaml"), yaml), diagnostics);
        return new Decoder(
                        diagnostics,
                        new Placeholders(environment, diagnostics),
                        new UnknownKeys(new NoWords(), Severity.ERROR, diagnostics))
                .decode(node, All.class, NodePath.ROOT.key("all"));
    }

    private List<String> said() {
        return diagnostics.all().stream()
                .map(one -> one.code() + " " + one.path())
                .toList();
    }

    private static final class NoWords implements Vocabulary {
        @Override
        public Set<String> later(String section) {
            return Set.of();
        }

        @Override
        public Map<String, String> synonyms(String section) {
            return Map.of();
        }

        @Override
        public @Nullable String home(String key) {
            return null;
        }

        @Override
        public String noun(String section) {
            return section;
        }
    }
}
