package dev.gatehouse.it.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.diagnostic.Severity;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.explain.Asker;
import dev.gatehouse.engine.explain.DressRehearsal;
import dev.gatehouse.engine.explain.Question;
import dev.gatehouse.engine.explain.Reply;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.engine.target.proxy.SentRequest;
import dev.gatehouse.engine.target.proxy.StandIn;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the examples of the whole language say about who may call, and how often, is what happens. Their services are
/// played, time is moved by hand, and what comes in a later version is left out.
class WhoInExamplesTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("gatehouse.root", "."), "examples");
    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");
    private static final String SECRET = "change-me-change-me-change-me-32b";

    private @Nullable SentRequest sent;

    // ── shop.yaml

    @Test
    void the_shop_lets_nobody_read_the_data_of_others() {
        try (DressRehearsal shop = open("shop.yaml")) {
            assertThat(shop.ask(as("customer:u1", "GET", "/users/u1")).status()).isEqualTo(200);
            assertThat(sent)
                    .isNotNull()
                    .extracting(request -> request.header("X-User-Id"))
                    .isEqualTo("u1");
            assertThat(shop.ask(as("customer:u2", "GET", "/users/u1")).status()).isEqualTo(403);
            assertThat(shop.ask(as("support:s1", "GET", "/users/u1")).status()).isEqualTo(200);
            Reply nobody = shop.ask(Question.of("GET", "/users/u1"));
            assertThat(nobody.status()).isEqualTo(401);
            assertThat(nobody.header("WWW-Authenticate")).startsWith("Bearer");
        }
    }

    @Test
    void the_shops_rule_says_who_may_delete_an_order_and_is_named_when_it_denies() {
        try (DressRehearsal shop = open("shop.yaml")) {
            Reply denied = shop.ask(as("customer:u1", "DELETE", "/orders/9"));

            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.trace().answeredBy()).isEqualTo("authorization.policies[1]");
            assertThat(shop.ask(as("support:s1", "DELETE", "/orders/9")).status())
                    .isEqualTo(200);
            assertThat(shop.ask(as("customer:u1", "GET", "/orders/9")).status()).isEqualTo(200);
        }
    }

    @Test
    void the_shops_login_is_open_to_everybody_five_times_a_minute() {
        try (DressRehearsal shop = open("shop.yaml")) {
            for (int i = 0; i < 5; i++) {
                assertThat(shop.ask(Question.of("POST", "/login")).status()).isEqualTo(200);
            }
            Reply sixth = shop.ask(Question.of("POST", "/login"));

            assertThat(sixth.status()).isEqualTo(429);
            assertThat(body(sixth)).contains("\"RATE_LIMIT_EXCEEDED\"");
            assertThat(sixth.header("Retry-After")).isNotNull();
            shop.advance(Duration.ofMinutes(2));
            assertThat(shop.ask(Question.of("POST", "/login")).status()).isEqualTo(200);
        }
    }

    @Test
    void the_shops_menus_are_limited_by_plan_and_by_address_for_those_without_one() {
        try (DressRehearsal shop = open("shop.yaml")) {
            for (int i = 0; i < 30; i++) {
                assertThat(shop.ask(Question.of("GET", "/menus/r42")).status()).isEqualTo(200);
            }
            assertThat(shop.ask(Question.of("GET", "/menus/r42")).status()).isEqualTo(429);

            Reply partner = shop.ask(as("consumer:acme-delivery", "GET", "/menus/r42"));
            assertThat(partner.status()).isEqualTo(200);
            assertThat(partner.header("X-RateLimit-Limit")).isEqualTo("1200");
            assertThat(sent)
                    .isNotNull()
                    .extracting(request -> request.header("X-Consumer"))
                    .isEqualTo("acme-delivery");
        }
    }

    @Test
    void the_shop_answers_preflights_of_its_own_pages_before_it_asks_who_calls() {
        try (DressRehearsal shop = open("shop.yaml")) {
            Reply own = shop.ask(preflight("https://www.tasty.example"));
            assertThat(own.status()).isEqualTo(204);
            assertThat(own.header("Access-Control-Allow-Origin")).isEqualTo("https://www.tasty.example");
            assertThat(own.header("Access-Control-Allow-Credentials")).isEqualTo("true");

            Reply other = shop.ask(preflight("https://tasty.example.evil.com"));
            assertThat(other.header("Access-Control-Allow-Origin")).isNull();
        }
    }

    private static Question preflight(String origin) {
        return Question.of("OPTIONS", "/users/u1").with("Origin", origin).with("Access-Control-Request-Method", "GET");
    }

    // ── plain-spelling.yaml

    @Test
    void the_plain_spelling_asks_for_a_token_or_a_key_everywhere() throws GeneralSecurityException {
        try (DressRehearsal plain = open("plain-spelling.yaml")) {
            assertThat(plain.ask(Question.of("GET", "/products/1")).status()).isEqualTo(401);
            assertThat(plain.ask(bearing(token("user"), "/products/1")).status())
                    .isEqualTo(200);
            assertThat(sent)
                    .isNotNull()
                    .extracting(request -> request.header("Authorization"))
                    .isNull();
            assertThat(plain.ask(Question.of("GET", "/products/1").with("X-API-Key", "nope"))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void the_plain_spellings_rules_want_a_role() throws GeneralSecurityException {
        try (DressRehearsal plain = open("plain-spelling.yaml")) {
            assertThat(plain.ask(bearing(token("user"), "/users/7")).status()).isEqualTo(200);
            assertThat(plain.ask(bearing(token("admin"), "/users/7")).status()).isEqualTo(200);
            Reply guest = plain.ask(bearing(token("guest"), "/users/7"));
            assertThat(guest.status()).isEqualTo(403);
            assertThat(guest.trace().answeredBy()).isEqualTo("authorization.policies[1]");
        }
    }

    @Test
    void the_plain_spellings_hundred_and_first_request_waits_for_the_hour() throws GeneralSecurityException {
        try (DressRehearsal plain = open("plain-spelling.yaml")) {
            for (int i = 0; i < 100; i++) {
                assertThat(plain.ask(bearing(token("user"), "/products/1")).status())
                        .isEqualTo(200);
            }
            Reply refused = plain.ask(bearing(token("user"), "/products/1"));

            assertThat(refused.status()).isEqualTo(429);
            assertThat(body(refused)).contains("\"limit\":100", "\"window\":\"1 hour\"", "\"retry_after\":3600");
            assertThat(plain.ask(bearing(token("user"), "/orders/1")).status())
                    .as("another route")
                    .isEqualTo(200);
            plain.advance(Duration.ofHours(1));
            assertThat(plain.ask(bearing(token("user"), "/products/1")).status())
                    .isEqualTo(200);
        }
    }

    // ── set-up

    private DressRehearsal open(String example) {
        LoadOptions options = LoadOptions.standard()
                .withExtensions(Extensions.found())
                .withEnvironment(Map.of())
                .withLaterFeaturesAs(Severity.WARNING);
        Loaded loaded = ConfigLoader.load(EXAMPLES.resolve(example), example, options);
        assertThat(loaded.hasErrors()).as(TextReport.of(loaded.diagnostics())).isFalse();
        return new DressRehearsal(Plan.of(loaded), this::answer, BEGIN);
    }

    private StandIn.Act answer(SentRequest request) {
        sent = request;
        return new StandIn.Answer(200, List.of(), "ok".getBytes(UTF_8), Duration.ZERO);
    }

    private static Question as(String who, String method, String target) {
        return Question.of(method, target).askedBy(Asker.Assumed.parse(who));
    }

    private static Question bearing(String token, String target) {
        return Question.of("GET", target).with("Authorization", "Bearer " + token);
    }

    /// Of user 7, good for two hours.
    private static String token(String role) throws GeneralSecurityException {
        Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
        String claims = "{\"sub\":\"7\",\"roles\":[\"%s\"],\"exp\":%d}"
                .formatted(role, BEGIN.plus(Duration.ofHours(2)).getEpochSecond());
        String signed = url.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8))
                + "."
                + url.encodeToString(claims.getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return signed + "." + url.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    }

    private static String body(Reply reply) {
        return new String(reply.body(), UTF_8);
    }
}
