package dev.gatehouse.policy.auth.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.BodyTooLargeException;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.policy.FakeExchange;
import dev.gatehouse.policy.auth.TestClock;
import dev.gatehouse.policy.auth.TestContext;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HmacAuthenticatorTest {
    private static final String SECRET = "a secret that is long enough for it";
    private static final long NOW = TestClock.START.getEpochSecond();
    private static final String COVERED = "\"@method\" \"@authority\" \"@path\" \"@query\"";

    private final TestContext context =
            new TestContext().consumer(new Consumer("acme", null, Set.of(), Set.of("partner")));
    private final HmacKeyConfig key = new HmacKeyConfig(SECRET, "acme", "robot", List.of("ops"));
    private List<String> required = List.of("@method", "@authority", "@path", "@query");
    private boolean signBody = true;
    private @Nullable String tag;

    /// RFC 9421 appendix B.2.5: key, request and signature are its own.
    @Test
    void the_signature_of_rfc_9421_is_right() {
        String secret =
                "base64:uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";
        FakeExchange exchange = new FakeExchange()
                .line("POST /foo")
                .query("param=Value&Pet=dog")
                .host("example.com")
                .header("Date", "Tue, 20 Apr 2021 02:07:55 GMT")
                .header("Content-Type", "application/json");
        SignatureInput input = FieldReader.inputs(
                        "sig-b25=(\"date\" \"@authority\" \"content-type\");created=1618884473;"
                                + "keyid=\"test-shared-secret\"")
                .get("sig-b25");
        Identity nobody = new Identity("hmac", null, null, null, Set.of(), Set.of(), Map.of());
        SigningKey signing = new SigningKey(new HmacKeyConfig(secret, null, null, List.of()).octets(), nobody, null);

        byte[] made = signing.signature(SignatureBase.of(exchange.request(), input));

        assertThat(Base64.getEncoder().encodeToString(made)).isEqualTo("pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=");
    }

    @Test
    void a_signed_request_is_its_keys_and_the_signature_goes_no_further() {
        FakeExchange exchange = signed(COVERED, ";created=" + NOW);

        Identity identity = identified(exchange);

        assertThat(identity.subject()).isEqualTo("robot");
        assertThat(identity.credential()).isEqualTo("k1");
        assertThat(identity.roles()).containsExactlyInAnyOrder("ops", "partner");
        assertThat(exchange.removed()).containsExactly("header Signature", "header Signature-Input");
    }

    @Test
    void a_request_without_a_signature_is_somebody_elses_and_so_is_an_unknown_key() {
        assertThat(ask(new FakeExchange())).isSameAs(Authentication.ABSENT);
        assertThat(ask(new FakeExchange()
                        .header("Signature-Input", "s=(" + COVERED + ");created=" + NOW + ";keyid=\"other\"")
                        .header("Signature", "s=:YWJj:")))
                .isInstanceOf(Authentication.Foreign.class);
    }

    @Test
    void what_was_signed_is_this_request_and_no_other() {
        assertThat(why(signed(COVERED, ";created=" + NOW).line("DELETE /orders")))
                .isEqualTo("the signature is wrong");
        assertThat(why(signed(COVERED, ";created=" + NOW).line("GET /admin"))).isEqualTo("the signature is wrong");
        assertThat(why(signed(COVERED, ";created=" + NOW).query("all"))).isEqualTo("the signature is wrong");
        assertThat(why(signed(COVERED, ";created=" + NOW).host("other.example")))
                .isEqualTo("the signature is wrong");
    }

    @Test
    void a_signature_covers_what_is_required() {
        assertThat(why(signed("\"@method\" \"@authority\" \"@path\"", ";created=" + NOW)))
                .isEqualTo("@query is not covered");
        identified(signed("\"@method\" \"@target-uri\"", ";created=" + NOW));
        identified(signed("\"@method\" \"@authority\" \"@request-target\"", ";created=" + NOW));
        required = List.of("@method", "X-Tenant");
        assertThat(why(signed("\"@method\"", ";created=" + NOW))).isEqualTo("x-tenant is not covered");
    }

    @Test
    void a_signature_is_good_within_the_window_and_never_beyond_its_own_end() {
        identified(signed(COVERED, ";created=" + (NOW - 60)));
        identified(signed(COVERED, ";created=" + (NOW + 60)));
        assertThat(why(signed(COVERED, ";created=" + (NOW - 61)))).isEqualTo("created is 61 s ago");
        assertThat(why(signed(COVERED, ";created=" + (NOW + 61)))).isEqualTo("created is -61 s ago");
        assertThat(why(signed(COVERED, ";created=" + (NOW - 9) + ";expires=" + (NOW - 1))))
                .isEqualTo("expired 1 s ago");
        assertThat(why(signed(COVERED, ""))).contains("created");
        assertThat(why(signed(COVERED, ";created=\"" + NOW + "\""))).contains("created");
        assertThat(why(signed(COVERED, ";created=999999999999999"))).startsWith("created is");
    }

    @Test
    void a_signature_is_good_once_as_long_as_it_would_be_fresh() {
        HmacAuthenticator authenticator = authenticator();
        identified(finish(authenticator.authenticate(signed(COVERED, ";created=" + (NOW + 60)))));
        context.clock.advance(Duration.ofSeconds(120));
        assertThat(cause(finish(authenticator.authenticate(signed(COVERED, ";created=" + (NOW + 60))))))
                .isEqualTo("the signature was seen before");
        identified(finish(authenticator.authenticate(signed(COVERED, ";created=" + (NOW + 60) + ";nonce=\"2\""))));
    }

    @Test
    void who_only_asks_uses_nothing_up() {
        identified(signed(COVERED, ";created=" + NOW).asksOnly());
        identified(signed(COVERED, ";created=" + NOW));
    }

    @Test
    void another_algorithm_is_refused_whatever_the_signature() {
        assertThat(why(signed(COVERED, ";created=" + NOW + ";alg=\"none\""))).isEqualTo("alg is not hmac-sha256");
        assertThat(why(signed(COVERED, ";created=" + NOW + ";alg=\"rsa-pss-sha512\"")))
                .isEqualTo("alg is not hmac-sha256");
        identified(signed(COVERED, ";created=" + NOW + ";alg=\"hmac-sha256\""));
    }

    @Test
    void a_body_is_signed_by_its_digest() {
        identified(with("{\"n\":1}", "{\"n\":1}"));
        assertThat(why(with("{\"n\":1}", "{\"n\":2}"))).isEqualTo("content-digest does not fit the body");
        assertThat(why(signed(COVERED, ";created=" + NOW).body("x"))).contains("content-digest is not covered");
        signBody = false;
        identified(signed(COVERED, ";created=" + NOW + ";nonce=\"b\"").body("x"));
        assertThat(why(with("a", "b"))).isEqualTo("content-digest does not fit the body");
    }

    @Test
    void a_digest_of_no_safe_algorithm_and_a_body_that_is_too_long_are_refused() {
        FakeExchange md5 = new FakeExchange()
                .line("POST /orders")
                .header("Content-Digest", "md5=:YWJj:")
                .body("x");
        sign(md5, COVERED + " \"content-digest\"", ";created=" + NOW);
        assertThat(why(md5)).contains("neither sha-256 nor sha-512");
        String large = "x".repeat(1025);
        assertThatThrownBy(() -> ask(with(large, large))).hasCauseInstanceOf(BodyTooLargeException.class);
    }

    @Test
    void a_signature_for_another_purpose_is_not_meant() {
        tag = "shop";
        assertThat(ask(signed(COVERED, ";created=" + NOW + ";tag=\"other\"")))
                .isInstanceOf(Authentication.Foreign.class);
        identified(signed(COVERED, ";created=" + NOW + ";tag=\"shop\""));
    }

    @Test
    void fields_that_make_no_sense_are_refused_and_never_thrown() {
        String good = "s=(" + COVERED + ");created=" + NOW + ";keyid=\"k1\"";
        for (List<String> fields : List.of(
                List.of(good, ""),
                List.of("", "s=:YWJj:"),
                List.of(good, "t=:YWJj:"),
                List.of(good, "s=\"abc\""),
                List.of(good + ", t=()", "s=:YWJj:"),
                List.of("s=(\"@method\" \"@method\");keyid=\"k1\"", "s=:YWJj:"),
                List.of("s=(" + COVERED + " \"@status\");keyid=\"k1\"", "s=:YWJj:"),
                List.of("s=(" + COVERED + " \"x-none\");keyid=\"k1\"", "s=:YWJj:"),
                List.of("s=(" + COVERED + " \"bad name\");keyid=\"k1\"", "s=:YWJj:"),
                List.of("s=(" + COVERED + " \"date\";bs);keyid=\"k1\"", "s=:YWJj:"),
                List.of(good + ";x=\"" + "y".repeat(9000) + "\"", "s=:YWJj:"))) {
            FakeExchange exchange = new FakeExchange();
            exchange.header("Signature-Input", fields.get(0)).header("Signature", fields.get(1));
            assertThat(ask(exchange)).as(fields.toString()).isInstanceOf(Authentication.Refused.class);
        }
    }

    @Test
    void a_secret_that_is_short_is_refused_and_none_is_shown() {
        assertThatThrownBy(() -> new HmacKeyConfig("short", null, null, List.of()))
                .hasMessage("secret: has less than 32 octets");
        assertThatThrownBy(() -> new HmacKeyConfig("base64:!", null, null, List.of()))
                .hasMessageStartingWith("secret: ");
        assertThat(key.toString()).doesNotContain(SECRET);
        required = List.of("@status");
        assertThatThrownBy(this::authenticator).hasMessageStartingWith("required: '@status'");
    }

    /// With a body that is not always the one that was signed.
    private static FakeExchange with(String signed, String sent) {
        try {
            String digest = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(signed.getBytes(UTF_8)));
            FakeExchange exchange = new FakeExchange()
                    .line("POST /orders")
                    .header("Content-Digest", "sha-256=:" + digest + ":")
                    .body(sent);
            sign(exchange, COVERED + " \"content-digest\"", ";created=" + NOW + ";nonce=\"" + sent.hashCode() + "\"");
            return exchange;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static FakeExchange signed(String covered, String parameters) {
        FakeExchange exchange = new FakeExchange().https().query("page=2");
        sign(exchange, covered, parameters);
        return exchange;
    }

    /// As a client does it: the base is put together here, by hand.
    private static void sign(FakeExchange exchange, String covered, String parameters) {
        var request = exchange.request();
        String query = request.query() == null ? "?" : "?" + request.query();
        List<String> lines = new ArrayList<>();
        for (String component : covered.split(" ")) {
            lines.add(component + ": "
                    + switch (component) {
                        case "\"@method\"" -> request.method();
                        case "\"@authority\"" -> "api.example.com";
                        case "\"@path\"" -> request.path();
                        case "\"@query\"" -> query;
                        case "\"@request-target\"" -> request.path() + query;
                        case "\"@target-uri\"" -> "https://api.example.com" + request.path() + query;
                        default ->
                            String.valueOf(
                                    request.header(dev.gatehouse.api.HeaderName.of(component.replace("\"", ""))));
                    });
        }
        String own = "(" + covered + ")" + parameters + ";keyid=\"k1\"";
        lines.add("\"@signature-params\": " + own);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            String signature = Base64.getEncoder()
                    .encodeToString(mac.doFinal(String.join("\n", lines).getBytes(UTF_8)));
            exchange.header("Signature-Input", "sig1=" + own).header("Signature", "sig1=:" + signature + ":");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private HmacAuthenticator authenticator() {
        HmacConfig config =
                new HmacConfig(Map.of("k1", key), required, Duration.ofMinutes(1), signBody, 1024, tag, null, false);
        return new HmacAuthenticatorFactory().create(config, context);
    }

    private Authentication ask(FakeExchange exchange) {
        return finish(authenticator().authenticate(exchange));
    }

    private static Authentication finish(Authentication said) {
        return said instanceof Authentication.Awaited(var stage)
                ? stage.toCompletableFuture().join()
                : said;
    }

    private Identity identified(FakeExchange exchange) {
        return identified(ask(exchange));
    }

    private static Identity identified(Authentication said) {
        assertThat(said).isInstanceOf(Authentication.Identified.class);
        return ((Authentication.Identified) said).identity();
    }

    private String why(FakeExchange exchange) {
        return cause(ask(exchange));
    }

    private static String cause(Authentication said) {
        assertThat(said).isInstanceOf(Authentication.Refused.class);
        Failure failure = ((Authentication.Refused) said).failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_TOKEN);
        return String.valueOf(failure.details().get(Failure.CAUSE));
    }
}
