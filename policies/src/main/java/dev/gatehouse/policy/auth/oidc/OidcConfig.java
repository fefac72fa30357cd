package dev.gatehouse.policy.auth.oidc;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.config.Word;
import dev.gatehouse.policy.auth.jwks.Discovery;
import dev.gatehouse.policy.auth.jwks.ProviderUrl;
import dev.gatehouse.policy.auth.jwks.SigningAlgorithm;
import dev.gatehouse.policy.auth.oidc.session.SessionConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the user writes under `security.authentication` with `type: oidc`.
@Settings(
        name = "authentication.oidc",
        value = "Login by browser at an identity provider (OpenID Connect), and a session after it.")
public record OidcConfig(
        @Setting("URL of the provider's discovery document; ends in /.well-known/openid-configuration.")
        ProviderUrl discoveryUrl,

        @Setting("Who issues the tokens: iss is exactly this. Left out, discovery_url without its well-known end.")
        @Nullable
        String issuer,

        @Setting("What this gateway is called at the provider.")
        String clientId,

        @Setting("Secret of client_id; write ${env:NAME} or ${file:path}. Left out, PKCE alone protects the login.")
        @Nullable
        String clientSecret,

        @Setting(value = "What is asked for; openid is among it.", byDefault = "openid")
        List<String> scopes,

        @Setting(
                "Algorithms the provider's tokens may be signed with; empty: all of public keys. HS256, HS384 and HS512"
                        + " take client_secret.")
        List<SigningAlgorithm> algorithms,

        @Setting(
                value =
                        "How the provider sends browsers back: query, or form_post, which keeps the code out of addresses.",
                byDefault = "query")
        ResponseMode responseMode,

        @Setting(
                value = "Claim with the roles, a list or a text of names; dots lead into objects: realm_access.roles.",
                byDefault = "roles")
        String rolesFrom,

        @Setting("Claim that names the consumer. One that names nobody under consumers makes none.") @Nullable
        String consumerFrom,

        @Setting(
                value = "Whether the provider is asked for more about the user after the login (userinfo).",
                byDefault = "false")
        boolean userinfo,

        @Setting(
                value = "Whether what the provider says there has to be signed (application/jwt).",
                byDefault = "false")
        boolean userinfoSigned,

        @Setting(
                value = "Token the service is sent in Authorization: Bearer: none, access_token or id_token.",
                byDefault = "none")
        Forward forward,

        @Setting("More parameters of the address browsers are sent to for the login, such as kc_idp_hint.")
        Map<String, String> parameters,

        @Setting("URL under which browsers see this gateway, such as https://shop.example.com; left out, as the request"
                + " says.")
        @Nullable
        ProviderUrl baseUrl,

        @Setting("Path the provider sends browsers back to; left out, /.gatehouse/NAME/callback. Tell the provider.")
        @Nullable
        String callbackPath,

        @Setting("Path that logs out, here and at the provider; left out, /.gatehouse/NAME/logout.") @Nullable
        String logoutPath,

        @Setting("Path where the provider tells of logouts elsewhere (back-channel logout); left out,"
                + " /.gatehouse/NAME/backchannel-logout.")
        @Nullable
        String backchannelLogoutPath,

        @Setting(value = "Path browsers get to after a logout. Tell the provider.", byDefault = "/")
        String afterLogout,

        @Setting("The session after a login.") SessionConfig session,

        @Setting(
                value = "Time the provider has for an answer; then a login is refused, and a session goes on.",
                byDefault = "5s",
                min = "50ms",
                max = "30s")
        Duration timeout,

        @Setting(
                value = "Difference of clocks that is forgiven in the provider's tokens.",
                byDefault = "10s",
                max = "5m")
        Duration leeway) {
    private static final Set<String> TAKEN = Set.of(
            "response_type",
            "response_mode",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method");

    /// What is sent to the service.
    public enum Forward {
        @Word("none")
        NOTHING,
        ACCESS_TOKEN,
        ID_TOKEN
    }

    /// How browsers come back (OAuth 2.0 Multiple Response Types 1.0 §2.1, Form Post Response Mode 1.0).
    public enum ResponseMode {
        QUERY,
        FORM_POST
    }

    public OidcConfig {
        scopes = List.copyOf(scopes);
        algorithms = List.copyOf(algorithms);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        if (issuer == null && Discovery.issuerOf(discoveryUrl) == null) {
            throw new IllegalArgumentException(
                    "discovery_url: ends in /.well-known/openid-configuration, unless 'issuer' says who issues the tokens");
        }
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("client_id: is empty");
        }
        if (clientSecret != null && clientSecret.isBlank()) {
            throw new IllegalArgumentException("client_secret: is empty");
        }
        if (clientSecret == null && session.secret() == null) {
            throw new IllegalArgumentException(
                    "session: needs a 'secret' to seal cookies, as there is no client_secret to derive one from");
        }
        for (SigningAlgorithm algorithm : algorithms) {
            if (algorithm.isSymmetric() && octets(clientSecret) < algorithm.leastSecret()) {
                throw new IllegalArgumentException("algorithms: " + algorithm.label()
                        + " is made with client_secret, which needs at least " + algorithm.leastSecret() + " octets");
            }
        }
        if (userinfoSigned && !userinfo) {
            throw new IllegalArgumentException("userinfo_signed: only where 'userinfo' is asked for");
        }
        if (responseMode == ResponseMode.FORM_POST && baseUrl != null && !baseUrl.isHttps()) {
            throw new IllegalArgumentException("response_mode: form_post needs HTTPS, and base_url has it not");
        }
        for (String scope : scopes) {
            if (!scope.matches("[!#-\\[\\]-~]+")) {
                throw new IllegalArgumentException("scopes: '" + scope + "' is no name of a scope (RFC 6749 §3.3)");
            }
        }
        if (!scopes.contains("openid")) {
            throw new IllegalArgumentException("scopes: without openid there is no login (expected: [openid, …])");
        }
        if (rolesFrom.isBlank()) {
            throw new IllegalArgumentException("roles_from: is empty");
        }
        for (String name : parameters.keySet()) {
            if (TAKEN.contains(name)) {
                throw new IllegalArgumentException("parameters: the gateway sets '" + name + "' itself");
            }
        }
        if (baseUrl != null && !Set.of("", "/").contains(baseUrl.uri().getRawPath())) {
            throw new IllegalArgumentException("base_url: has no path (expected: https://shop.example.com)");
        }
        checkPath("callback_path", callbackPath);
        checkPath("logout_path", logoutPath);
        checkPath("backchannel_logout_path", backchannelLogoutPath);
        checkPath("after_logout", afterLogout);
        List<String> paths = new ArrayList<>();
        for (String path : new @Nullable String[] {callbackPath, logoutPath, backchannelLogoutPath}) {
            if (path != null) {
                paths.add(path);
            }
        }
        if (Set.copyOf(paths).size() < paths.size()) {
            throw new IllegalArgumentException("callback_path: is for one thing only");
        }
    }

    private static int octets(@Nullable String secret) {
        return secret == null ? 0 : secret.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void checkPath(String key, @Nullable String path) {
        if (path != null && !path.matches("/([A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*)?/?")) {
            throw new IllegalArgumentException(key + ": '" + path + "' (expected: a path such as /login/done)");
        }
    }

    /// Who issues the tokens.
    String issuedBy() {
        String whose = issuer == null ? Discovery.issuerOf(discoveryUrl) : issuer;
        return Objects.requireNonNull(whose, "checked when it was made");
    }

    /// Whether cookies are sealed with a secret that whoever has one of them could find by trying (RFC 5869 §4).
    boolean hasGuessableSecret() {
        return session.secret() == null && clientSecret != null && !SessionConfig.isStrong(clientSecret);
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "OidcConfig[discoveryUrl=" + discoveryUrl + ", clientId=" + clientId + ", session=" + session + "]";
    }
}
