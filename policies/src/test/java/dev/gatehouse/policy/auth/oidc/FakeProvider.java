package dev.gatehouse.policy.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.auth.Tokens;
import dev.gatehouse.policy.auth.oidc.session.Secrets;
import dev.gatehouse.testkit.Answer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jspecify.annotations.Nullable;

/// An identity provider that is played: it keeps to the rules, and can be told not to.
final class FakeProvider {
    static final String ISSUER = "https://id.tasty.example";
    static final PublicJsonWebKey KEY = Tokens.EC;

    /// Of the client.
    static final String SECRET = "s3cret-of-the-back-office-of-tasty";

    final List<String> asked = new ArrayList<>();
    final Map<String, Object> claims =
            new LinkedHashMap<>(Map.of("sub", "u7", "sid", "s-1", "groups", List.of("admin")));
    final Map<String, Object> discovery = new LinkedHashMap<>();
    private final Supplier<Instant> now;
    private final Map<String, Map<String, String>> codes = new HashMap<>();

    @Nullable
    Answer instead;

    @Nullable
    Answer insteadOfTokens;

    Answer userinfo = Answer.json("{\"sub\":\"u7\",\"email\":\"u7@tasty.example\"}");

    @Nullable
    String nonce;

    /// In place of [#signs]: what ID tokens are made with, by HS256.
    @Nullable
    String secret;

    PublicJsonWebKey signs = KEY;

    @Nullable
    String refreshToken = "refresh-0";

    long expiresIn = 300;
    int refreshes;

    FakeProvider(Supplier<Instant> now) {
        this.now = now;
        discovery.put("issuer", ISSUER);
        discovery.put("authorization_endpoint", ISSUER + "/authorize");
        discovery.put("token_endpoint", ISSUER + "/token");
        discovery.put("jwks_uri", ISSUER + "/keys");
        discovery.put("userinfo_endpoint", ISSUER + "/userinfo");
        discovery.put("end_session_endpoint", ISSUER + "/leave");
    }

    /// Somebody logs in on the page a browser was sent to.
    ///
    /// @return path and query of where the browser is sent back to
    String login(String location) {
        URI page = URI.create(location);
        assertThat(location).startsWith(ISSUER + "/authorize?");
        Parameters query = Parameters.read(page.getRawQuery());
        assertThat(query).isNotNull();
        assertThat(query.all())
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "gatehouse-backoffice")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("scope", "openid profile");
        String code = "code-" + codes.size();
        codes.put(code, query.all());
        URI back = URI.create(query.all().get("redirect_uri"));
        return back.getRawPath() + "?code=" + code + "&state=" + query.all().get("state");
    }

    Answer answer(HttpRequest request) {
        asked.add(request.method() + " " + request.uri().getPath());
        if (instead != null) {
            return instead;
        }
        return switch (request.uri().getPath()) {
            case "/.well-known/openid-configuration" -> Answer.json(JsonUtil.toJson(discovery));
            case "/keys" -> Answer.json(Tokens.jwks(KEY));
            case "/token" -> insteadOfTokens == null ? tokens(request) : insteadOfTokens;
            case "/userinfo" -> userinfo;
            default -> Answer.of(404, "");
        };
    }

    private Answer tokens(HttpRequest request) {
        String basic = Base64.getEncoder()
                .encodeToString(("gatehouse-backoffice:" + SECRET).getBytes(StandardCharsets.US_ASCII));
        assertThat(request.headers().firstValue("Authorization")).contains("Basic " + basic);
        Parameters form = Parameters.read(body(request));
        assertThat(form).isNotNull();
        return switch (form.all().get("grant_type")) {
            case "authorization_code" -> redeemed(form);
            case "refresh_token" -> refreshed(form);
            default -> Answer.of(400, "{\"error\":\"unsupported_grant_type\"}");
        };
    }

    private Answer redeemed(Parameters form) {
        Map<String, String> login = codes.remove(form.get("code"));
        if (login == null
                || !challenge(form.get("code_verifier")).equals(login.get("code_challenge"))
                || !login.get("redirect_uri").equals(form.get("redirect_uri"))) {
            return Answer.of(400, "{\"error\":\"invalid_grant\"}");
        }
        return given(nonce == null ? login.get("nonce") : nonce);
    }

    private Answer refreshed(Parameters form) {
        if (refreshToken == null || !refreshToken.equals(form.get("refresh_token"))) {
            return Answer.of(400, "{\"error\":\"invalid_grant\"}");
        }
        refreshes++;
        refreshToken = "refresh-" + refreshes;
        return given(null);
    }

    private Answer given(@Nullable String nonceOfLogin) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", "access-" + refreshes);
        answer.put("token_type", "Bearer");
        answer.put("expires_in", expiresIn);
        if (refreshToken != null) {
            answer.put("refresh_token", refreshToken);
        }
        answer.put("id_token", idToken(nonceOfLogin));
        return Answer.json(JsonUtil.toJson(answer));
    }

    private String idToken(@Nullable String nonceOfLogin) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("iss", ISSUER);
        all.put("aud", "gatehouse-backoffice");
        all.put("iat", now.get().getEpochSecond());
        all.put("exp", now.get().getEpochSecond() + 300);
        if (nonceOfLogin != null) {
            all.put("nonce", nonceOfLogin);
        }
        all.putAll(claims);
        return secret == null ? Tokens.signed(signs, "ES256", all) : Tokens.signed(secret, "HS256", all);
    }

    /// What it posts when somebody logged out elsewhere.
    String logoutToken(Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("iss", ISSUER);
        all.put("aud", "gatehouse-backoffice");
        all.put("iat", now.get().getEpochSecond());
        all.put("exp", now.get().getEpochSecond() + 120);
        all.put("jti", "j-1");
        all.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        more.forEach((name, value) -> {
            if (value.equals("")) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        });
        return Tokens.signed(signs, "ES256", all);
    }

    private static String challenge(@Nullable String verifier) {
        try {
            byte[] octets = String.valueOf(verifier).getBytes(StandardCharsets.US_ASCII);
            return Secrets.text(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String body(HttpRequest request) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        request.bodyPublisher().orElseThrow().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer item) {
                byte[] part = new byte[item.remaining()];
                item.get(part);
                octets.writeBytes(part);
            }

            @Override
            public void onError(Throwable failure) {
                throw new AssertionError(failure);
            }

            @Override
            public void onComplete() {}
        });
        return octets.toString(StandardCharsets.UTF_8);
    }
}
