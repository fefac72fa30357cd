package dev.gatehouse.engine.config.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectiveTextTest {
    private static final String FILE = """
            name: shop
            services:
              orders: { instances: [ { url: "http://10.0.0.1:80", weight: 3 }, "10.0.0.2:80" ] }
            routes:
              - { path: "/orders/**", methods: [ GET ], service: orders }
            """;

    @Test
    void the_text_says_what_the_files_say() {
        Loaded written = load(FILE, Map.of());
        Loaded again = load(EffectiveText.of(written.document()), Map.of());

        assertThat(again.diagnostics()).isEmpty();
        assertThat(again.config()).isEqualTo(written.config());
    }

    @Test
    void a_secret_is_masked_and_a_placeholder_stays_unless_its_default_is_a_secret_in_the_open() {
        assertThat(text("token: gha_0123456789012345678901")).contains("token: \"***\"");
        assertThat(text("token: \"${env:TOKEN}\"")).contains("${env:TOKEN}").doesNotContain("gha_");
        assertThat(text("token: \"${env:NONE:-gha_0123456789012345678901}\"")).contains("token: \"***\"");
        assertThat(text("token: \"${env:TOKEN}x\"")).contains("token: \"***\"");
    }

    private static String text(String admin) {
        return EffectiveText.of(
                load("admin: { " + admin + " }\n" + FILE, Map.of("TOKEN", "gha_abcdefghijklmnopqrstuvwxyz"))
                        .document());
    }

    private static Loaded load(String yaml, Map<String, String> environment) {
        return ConfigLoader.load(
                new SourceFile("gateway.yaml", Path.of("gateway.yaml").toAbsolutePath(), yaml),
                LoadOptions.standard().withEnvironment(environment));
    }
}
