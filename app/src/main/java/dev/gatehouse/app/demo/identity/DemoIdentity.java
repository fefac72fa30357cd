package dev.gatehouse.app.demo.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The provider without its socket: discovery, keys, login page, tokens, who somebody is, logout. For any thread.
///
/// ```text
/// browser ─► /authorize ─► login page ─► POST /login ─► back, with a code
/// gateway ─► POST /token with the code and the verifier ─► id token, access token, refresh token
/// ```
final class DemoIdentity {
    static final Duration TOKEN_LASTS = Duration.ofHours(1);

    private static final Duration CODE_LASTS = Duration.ofMinutes(1);
    private static final Duration REFRESH_LASTS = Duration.ofHours(8);
    private static final int MOST_GRANTS = 1000;

    private final String issuer;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final Map<String, Grant> refreshes = new ConcurrentHashMap<>();

    /// What a code or a refresh token stands for.
    ///
    /// @param challenge of PKCE, S256; empty for none
    private record Grant(DemoUser user, String client, String redirect, String nonce, String challenge, Instant ends) {
        Grant until(Instant other) {
            return new Grant(user, client, redirect, nonce, challenge, other);
        }
    }

    /// @param issuer `http://127.0.0.1:9107`
    DemoIdentity(String issuer, InstantSource clock, SecureRandom random) {
        this.issuer = issuer;
        this.clock = clock;
        this.random = random;
    }

    IdentityAnswer answer(IdentityRequest request) {
        return switch (request.method() + " " + request.path()) {
            case "GET /.well-known/openid-configuration" -> IdentityAnswer.json(200, discovery());
            case "GET /jwks.json" -> IdentityAnswer.json(200, DemoIssuer.keys());
            case "GET /health" -> IdentityAnswer.json(200, Map.of("status", "up"));
            case "GET /authorize" -> authorize(request);
            case "POST /login" -> login(request);
            case "POST /token" -> token(request);
            case "GET /userinfo", "POST /userinfo" -> userinfo(request);
            case "GET /logout", "POST /logout" -> logout(request);
            default -> IdentityAnswer.refusal(404, "not_found", "the demo's provider has no such page");
        };
    }

    /// OpenID Connect Discovery 1.0, section 3.
    private Map<String, Object> discovery() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("issuer", issuer);
        fields.put("authorization_endpoint", issuer + "/authorize");
        fields.put("token_endpoint", issuer + "/token");
        fields.put("userinfo_endpoint", issuer + "/userinfo");
        fields.put("end_session_endpoint", issuer + "/logout");
        fields.put("jwks_uri", issuer + "/jwks.json");
        fields.put("response_types_supported", List.of("code"));
        fields.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
        fields.put("subject_types_supported", List.of("public"));
        fields.put("id_token_signing_alg_values_supported", List.of("ES256"));
        fields.put("code_challenge_methods_supported", List.of("S256"));
        fields.put(
                "token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post", "none"));
        fields.put("scopes_supported", List.of("openid", "profile"));
        return fields;
    }

    // ── the browser
    // ──────────────────────────────────────────────────────────────────────────────────────────────────

    private static IdentityAnswer authorize(IdentityRequest request) {
        String wrong = wrong(request);
        return wrong == null
                ? IdentityAnswer.page(200, LoginPage.of(request, ""))
                : IdentityAnswer.refusal(400, "invalid_request", wrong);
    }

    /// Only to this machine: a login page that sends people anywhere is a tool for others.
    private static @Nullable String wrong(IdentityRequest request) {
        if (!request.field("response_type").equals("code")) {
            return "response_type is code here";
        }
        if (!isHere(request.field("redirect_uri"))) {
            return "redirect_uri leads to localhost here";
        }
        boolean plain = !request.field("code_challenge").isEmpty()
                && !request.field("code_challenge_method").equals("S256");
        return plain ? "code_challenge_method is S256 here" : null;
    }

    private static boolean isHere(String uri) {
        try {
            URI parsed = URI.create(uri);
            String host = parsed.getHost();
            return host != null && (host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private IdentityAnswer login(IdentityRequest request) {
        String wrong = wrong(request);
        if (wrong != null) {
            return IdentityAnswer.refusal(400, "invalid_request", wrong);
        }
        DemoUser user = DemoUser.withLogin(request.field("user"));
        if (user == null || !request.field("password").equals(user.login())) {
            return IdentityAnswer.page(
                    401, LoginPage.of(request, "Nobody is called so. There are alice, sam and root."));
        }
        String code = word();
        remember(
                codes,
                code,
                new Grant(
                        user,
                        request.field("client_id"),
                        request.field("redirect_uri"),
                        request.field("nonce"),
                        request.field("code_challenge"),
                        clock.instant().plus(CODE_LASTS)));
        String to = request.field("redirect_uri");
        return IdentityAnswer.redirect(to + (to.indexOf('?') < 0 ? '?' : '&') + "code=" + code + "&state="
                + URLEncoder.encode(request.field("state"), UTF_8));
    }

    /// OpenID Connect RP-Initiated Logout 1.0: there is no session here that could be ended.
    private static IdentityAnswer logout(IdentityRequest request) {
        String back = request.field("post_logout_redirect_uri");
        if (back.isEmpty() || !isHere(back)) {
            return IdentityAnswer.page(200, LoginPage.goodbye());
        }
        String state = request.field("state");
        return IdentityAnswer.redirect(
                state.isEmpty()
                        ? back
                        : back + (back.indexOf('?') < 0 ? '?' : '&') + "state=" + URLEncoder.encode(state, UTF_8));
    }

    // ── the gateway
    // ──────────────────────────────────────────────────────────────────────────────────────────────────

    /// RFC 6749 §4.1.3 and §6. Clients are believed: their secret would be in every copy of the demo.
    private IdentityAnswer token(IdentityRequest request) {
        return switch (request.field("grant_type")) {
            case "authorization_code" -> redeem(request);
            case "refresh_token" -> {
                Grant grant = take(refreshes, request.field("refresh_token"));
                yield grant == null
                        ? IdentityAnswer.refusal(400, "invalid_grant", "this refresh token is not good any more")
                        : tokens(grant);
            }
            default -> IdentityAnswer.refusal(400, "unsupported_grant_type", "authorization_code or refresh_token");
        };
    }

    private IdentityAnswer redeem(IdentityRequest request) {
        Grant grant = take(codes, request.field("code"));
        if (grant == null) {
            return IdentityAnswer.refusal(400, "invalid_grant", "this code was used, has ended, or was never given");
        }
        if (!grant.redirect.equals(request.field("redirect_uri"))) {
            return IdentityAnswer.refusal(400, "invalid_grant", "redirect_uri is not the one of the login");
        }
        if (!grant.challenge.isEmpty() && !grant.challenge.equals(challenge(request.field("code_verifier")))) {
            return IdentityAnswer.refusal(400, "invalid_grant", "code_verifier does not fit the challenge");
        }
        return tokens(grant);
    }

    private IdentityAnswer tokens(Grant grant) {
        Instant now = clock.instant();
        Map<String, Object> id = new LinkedHashMap<>(who(grant.user));
        id.put("iss", issuer);
        id.put("aud", grant.client);
        id.put("iat", now.getEpochSecond());
        id.put("exp", now.plus(TOKEN_LASTS).getEpochSecond());
        if (!grant.nonce.isEmpty()) {
            id.put("nonce", grant.nonce);
        }
        String refresh = word();
        remember(refreshes, refresh, grant.until(now.plus(REFRESH_LASTS)));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("access_token", DemoIssuer.accessToken(grant.user.id(), grant.user.roles(), now, TOKEN_LASTS));
        fields.put("token_type", "Bearer");
        fields.put("expires_in", TOKEN_LASTS.toSeconds());
        fields.put("refresh_token", refresh);
        fields.put("id_token", DemoIssuer.sign(id));
        return IdentityAnswer.json(200, fields);
    }

    /// OpenID Connect Core 1.0, section 5.3.
    private static IdentityAnswer userinfo(IdentityRequest request) {
        String authorization = request.authorization();
        DemoUser user = authorization == null ? null : userOf(authorization);
        return user == null
                ? IdentityAnswer.refusal(401, "invalid_token", "a token of the demo is wanted")
                : IdentityAnswer.json(200, who(user));
    }

    private static @Nullable DemoUser userOf(String authorization) {
        String claims = DemoIssuer.claims(authorization.replaceFirst("(?i)^Bearer ", ""));
        for (DemoUser user : DemoUser.values()) {
            if (claims != null && claims.contains("\"sub\":\"" + user.id() + "\"")) {
                return user;
            }
        }
        return null;
    }

    private static Map<String, Object> who(DemoUser user) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", user.id());
        claims.put("name", user.fullName());
        claims.put("preferred_username", user.login());
        claims.put("roles", List.copyOf(user.roles()));
        claims.put("groups", List.copyOf(user.roles()));
        return claims;
    }

    // ── what is remembered
    // ───────────────────────────────────────────────────────────────────────────────────────────

    private void remember(Map<String, Grant> where, String word, Grant grant) {
        Instant now = clock.instant();
        where.values().removeIf(old -> old.ends.isBefore(now));
        if (where.size() < MOST_GRANTS) {
            where.put(word, grant);
        }
    }

    /// Once only.
    private @Nullable Grant take(Map<String, Grant> where, String word) {
        Grant grant = where.remove(word);
        return grant == null || grant.ends.isBefore(clock.instant()) ? null : grant;
    }

    private String word() {
        byte[] octets = new byte[24];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /// RFC 7636 §4.6.
    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
