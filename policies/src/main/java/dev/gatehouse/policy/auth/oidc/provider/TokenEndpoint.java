package dev.gatehouse.policy.auth.oidc.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.policy.auth.token.TokenClaims;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// Gets tokens of a provider (RFC 6749 §4.1.3, §6), and what it tells of their user. Fails with
/// [LoginRefused] when the provider says no or what it says is not to be believed, with an [IOException] when
/// it cannot be asked. Used by all loops.
public final class TokenEndpoint {
    private static final int LIMIT = 256 << 10;

    private final String client;
    private final @Nullable String secret;
    private final boolean userinfoSigned;
    private final Duration timeout;
    private final ProviderTokenCheck check;

    /// @param secret null for a client that has none, which PKCE alone protects
    /// @param userinfoSigned whether what is told of users has to be signed
    public TokenEndpoint(
            String client,
            @Nullable String secret,
            boolean userinfoSigned,
            Duration timeout,
            ProviderTokenCheck check) {
        this.client = client;
        this.secret = secret;
        this.userinfoSigned = userinfoSigned;
        this.timeout = timeout;
        this.check = check;
    }

    /// @param verifier of PKCE (RFC 7636 §4.5)
    /// @param redirect exactly as it was sent when the code was asked for
    public CompletableFuture<ProviderTokens> redeem(
            Exchange exchange,
            Provider provider,
            ProviderMetadata metadata,
            String code,
            String verifier,
            String redirect,
            String nonce) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirect);
        form.put("code_verifier", verifier);
        return ask(exchange, metadata, form).thenCompose(answer -> {
            if (!(answer.get("id_token") instanceof String)) {
                throw new LoginRefused("the provider gave no ID token: is 'openid' among the scopes?");
            }
            return tokens(exchange, provider, metadata, answer, nonce);
        });
    }

    /// What is gotten for a refresh token. Without a new one, the old one stays good (RFC 6749 §6).
    public CompletableFuture<ProviderTokens> refresh(
            Exchange exchange, Provider provider, ProviderMetadata metadata, String token) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", token);
        return ask(exchange, metadata, form).thenCompose(answer -> tokens(exchange, provider, metadata, answer, null));
    }

    /// What the provider tells of a user (OpenID Connect Core 1.0 §5.3).
    ///
    /// @param subject of whom it has to speak
    public CompletableFuture<Map<String, Object>> userinfo(
            Exchange exchange,
            Provider provider,
            ProviderMetadata metadata,
            URI location,
            String access,
            String subject) {
        HttpRequest.Builder request = HttpRequest.newBuilder(location).header("Authorization", "Bearer " + access);
        return call(exchange, request, userinfoSigned ? "application/jwt" : "application/json")
                .thenCompose(answer -> claims(exchange, provider, metadata, location, answer))
                .thenApply(claims -> {
                    if (!subject.equals(claims.text("sub"))) {
                        throw new LoginRefused("userinfo speaks of somebody else");
                    }
                    return claims.all();
                });
    }

    private CompletableFuture<TokenClaims> claims(
            Exchange exchange,
            Provider provider,
            ProviderMetadata metadata,
            URI location,
            HttpResponse<byte[]> answer) {
        if (isOutOfOrder(answer)) {
            throw wrong(location, answer.statusCode(), null);
        }
        if (answer.statusCode() != 200) {
            throw new LoginRefused("userinfo says no: " + answer.statusCode());
        }
        boolean signed = isSigned(answer);
        if (signed != userinfoSigned) {
            throw new LoginRefused(
                    signed ? "userinfo is signed: write 'userinfo_signed: true'" : "userinfo is not signed");
        }
        return signed
                ? check.userinfo(exchange, provider, metadata, new String(answer.body(), UTF_8).strip())
                : CompletableFuture.completedFuture(new TokenClaims(object(answer, location)));
    }

    private static boolean isSigned(HttpResponse<byte[]> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return type.equals("application/jwt") || type.startsWith("application/jwt;");
    }

    private CompletableFuture<ProviderTokens> tokens(
            Exchange exchange,
            Provider provider,
            ProviderMetadata metadata,
            Map<String, Object> answer,
            @Nullable String nonce) {
        if (!(answer.get("access_token") instanceof String access)
                || !(answer.get("token_type") instanceof String type)
                || !type.equalsIgnoreCase("Bearer")) {
            throw wrong(metadata.token(), 200, null); // out of order: nobody said no
        }
        String refresh = answer.get("refresh_token") instanceof String text ? text : null;
        Long lasts = answer.get("expires_in") instanceof Long seconds && seconds > 0 ? seconds : null;
        if (!(answer.get("id_token") instanceof String token)) {
            return CompletableFuture.completedFuture(new ProviderTokens(access, refresh, null, null, lasts));
        }
        return check.idToken(exchange, provider, metadata, token, nonce)
                .thenApply(claims -> new ProviderTokens(access, refresh, token, claims, lasts));
    }

    private CompletableFuture<Map<String, Object>> ask(
            Exchange exchange, ProviderMetadata metadata, Map<String, String> form) {
        URI location = metadata.token();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(location).header("Content-Type", "application/x-www-form-urlencoded");
        if (secret != null && metadata.takesBasic()) {
            // RFC 6749 §2.3.1: both are encoded as in a form before they are joined.
            String both = encoded(client) + ":" + encoded(secret);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8)));
        } else {
            form.put("client_id", client);
            if (secret != null) {
                form.put("client_secret", secret);
            }
        }
        request.POST(BodyPublishers.ofString(form(form)));
        return call(exchange, request, "application/json").thenApply(answer -> {
            Map<String, Object> said = object(answer, location);
            if (answer.statusCode() == 200) {
                return said;
            }
            if (said.get("error") instanceof String error) {
                throw new LoginRefused("the provider said no: " + answer.statusCode() + " " + plain(error));
            }
            throw wrong(location, answer.statusCode(), null);
        });
    }

    private CompletableFuture<HttpResponse<byte[]>> call(
            Exchange exchange, HttpRequest.Builder request, String accept) {
        CompletableFuture<HttpResponse<byte[]>> call =
                exchange.call(request.timeout(timeout).header("Accept", accept).build(), LIMIT);
        if (!call.isDone()) {
            // The time-out of a request ends with the head of its answer: a body may take for ever.
            exchange.after(timeout).thenRun(() -> call.cancel(true));
        }
        return call;
    }

    /// What a provider that is in order says; of one that is not, an [IOException] for whoever waits.
    private static Map<String, Object> object(HttpResponse<byte[]> answer, URI location) {
        if (isOutOfOrder(answer)) {
            throw wrong(location, answer.statusCode(), null);
        }
        try {
            return JsonUtil.parseJson(new String(answer.body(), UTF_8));
        } catch (JoseException e) {
            throw wrong(location, answer.statusCode(), e);
        }
    }

    private static boolean isOutOfOrder(HttpResponse<byte[]> answer) {
        return answer.statusCode() >= 500 || answer.statusCode() == 429;
    }

    private static CompletionException wrong(URI location, int status, @Nullable Exception why) {
        return new CompletionException(
                new IOException("the answer of " + location + " was " + status + ", and not what it has to be", why));
    }

    /// The parameters of a form, or of a query.
    public static String form(Map<String, String> fields) {
        StringBuilder form = new StringBuilder(256);
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
        return form.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /// A word of the provider's, when it is one (RFC 6749 §5.2).
    private static String plain(String error) {
        return error.matches("[A-Za-z0-9_.-]{1,64}") ? error : "(no reason)";
    }
}
