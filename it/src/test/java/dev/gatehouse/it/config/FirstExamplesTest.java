package dev.gatehouse.it.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.diagnostic.GithubReport;
import dev.gatehouse.engine.config.diagnostic.JsonReport;
import dev.gatehouse.engine.config.diagnostic.Severity;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.format.Formatter;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files in `examples/` that were written before there was a gateway, read with all that plug-ins bring. What they
/// use of later versions is left out here; `check` refuses it.
class FirstExamplesTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("gatehouse.root", "..")).resolve("examples");
    private static final LoadOptions ALL =
            LoadOptions.standard().withExtensions(Extensions.found()).withEnvironment(Map.of());
    private static final LoadOptions LATER_LEFT_OUT = ALL.withLaterFeaturesAs(Severity.WARNING);

    @Test
    void minimal_sends_everything_to_one_service() throws IOException {
        Loaded loaded = load(text("minimal.yaml"));

        assertThat(loaded.diagnostics()).isEmpty();
        assertThat(config(loaded).routes()).extracting(RouteConfig::label).containsExactly("ANY /**");
    }

    @Test
    void plain_spelling_has_its_routes_and_services() throws IOException {
        GatewayConfig config = config(load(text("plain-spelling.yaml"), LATER_LEFT_OUT));

        assertThat(config.routes())
                .extracting(RouteConfig::label)
                .containsExactly(
                        "ANY /users/**",
                        "ANY /users/{userId}",
                        "ANY /products/**",
                        "ANY /products/{productId}",
                        "ANY /orders/**");
        assertThat(config.services())
                .containsOnlyKeys("user-service", "product-service", "order-service", "recommendation-service");
        assertThat(config.services().get("user-service").instances()).hasSize(3);
    }

    @Test
    void shop_has_its_routes_services_and_listeners() throws IOException {
        GatewayConfig config = config(load(text("shop.yaml"), LATER_LEFT_OUT));

        assertThat(config.name()).isEqualTo("tasty-shop");
        assertThat(config.services().get("order-service").loadBalancer().key()).isEqualTo("{jwt.sub}");
        assertThat(config.listeners()).containsOnlyKeys("public", "redirect");
        assertThat(config.listeners().get("public").limits().body()).isEqualTo(10 << 20);
        assertThat(config.routes())
                .extracting(RouteConfig::label)
                .containsExactly(
                        "GET /users/{userId}",
                        "POST /login",
                        "GET /menus/{restaurantId}",
                        "GET POST PUT DELETE /orders/**",
                        "ANY /orders/{orderId}/track",
                        "GET /stock/{sku}",
                        "GET POST /invoices/{invoiceId}",
                        "ANY /admin/**");
        assertThat(config.services().get("order-service").instances())
                .extracting(instance -> instance.weight() + " " + instance.backup())
                .containsExactly("3 false", "3 false", "1 true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain-spelling.yaml", "shop.yaml"})
    void what_comes_later_is_refused_and_nothing_else(String example) throws IOException {
        Loaded loaded = load(text(example));

        assertThat(loaded.hasErrors()).isTrue();
        assertThat(loaded.diagnostics())
                .filteredOn(Diagnostic::isError)
                .extracting(Diagnostic::code)
                .containsOnly(Code.GH1004);
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal.yaml", "plain-spelling.yaml", "shop.yaml"})
    void formatting_changes_no_meaning_loses_no_comment_and_is_done_once(String example) throws IOException {
        String before = text(example);
        String after = formatted(before);

        assertThat(config(load(after, LATER_LEFT_OUT))).isEqualTo(config(load(before, LATER_LEFT_OUT)));
        assertThat(formatted(after)).isEqualTo(after);
        assertThat(after.chars().filter(c -> c == '#').count())
                .isEqualTo(before.chars().filter(c -> c == '#').count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal.yaml", "plain-spelling.yaml", "shop.yaml"})
    void a_file_with_anything_wrong_in_it_is_explained_and_breaks_nothing(String example) throws IOException {
        String text = text(example);
        Random random = new Random(42);
        for (int i = 0; i < 150; i++) {
            String broken = mutated(text, random);
            assertThatCode(() -> {
                        Loaded loaded = load(broken, LATER_LEFT_OUT);
                        assertThat(loaded.hasErrors())
                                .isEqualTo(loaded.diagnostics().stream().anyMatch(Diagnostic::isError));
                        TextReport.of(loaded.diagnostics());
                        JsonReport.of(loaded.diagnostics());
                        GithubReport.of(loaded.diagnostics());
                        String formatted = formattedOrNull(broken);
                        if (formatted != null && loaded.config() != null) {
                            assertThat(load(formatted, LATER_LEFT_OUT).config()).isEqualTo(loaded.config());
                        }
                    })
                    .as("%s", broken)
                    .doesNotThrowAnyException();
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(mutated.length());
            int end = Math.min(mutated.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> mutated.deleteCharAt(at);
                case 1 ->
                    mutated.insert(at, "{}[]:,#&*!|>'\"%@`-?$ \t\n~0x\u00e9\uD83D\uDE00".charAt(random.nextInt(28)));
                case 2 -> mutated.setCharAt(at, (char) (32 + random.nextInt(95)));
                case 3 -> mutated.insert(at, mutated.substring(at, end));
                default -> mutated.delete(at, end);
            }
        }
        return mutated.toString();
    }

    private static String formatted(String text) {
        String formatted = formattedOrNull(text);
        assertThat(formatted).isNotNull();
        return formatted;
    }

    private static String formattedOrNull(String text) {
        return Formatter.format(new SourceFile("gateway.yaml", Path.of("gateway.yaml"), text), new Diagnostics());
    }

    private static GatewayConfig config(Loaded loaded) {
        GatewayConfig config = loaded.config();
        assertThat(config).as("%s", TextReport.of(loaded.diagnostics())).isNotNull();
        return config;
    }

    private static Loaded load(String yaml) {
        return load(yaml, ALL);
    }

    /// As if it stood among the examples: what it names is beside it.
    private static Loaded load(String yaml, LoadOptions options) {
        return ConfigLoader.load(new SourceFile("gateway.yaml", EXAMPLES.resolve("gateway.yaml"), yaml), options);
    }

    private static String text(String example) throws IOException {
        return Files.readString(EXAMPLES.resolve(example));
    }
}
