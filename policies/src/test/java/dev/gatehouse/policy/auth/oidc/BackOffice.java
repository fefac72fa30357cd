package dev.gatehouse.policy.auth.oidc;

import static dev.gatehouse.testkit.PolicyRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.auth.AuthPolicyFactory;
import dev.gatehouse.testkit.PolicyHarness;
import dev.gatehouse.testkit.PolicyRequest;
import dev.gatehouse.testkit.PolicyResult;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A back office behind a login, its provider, and one browser that keeps cookies as browsers do.
final class BackOffice implements AutoCloseable {
    static final String CALLBACK = "/.gatehouse/backoffice/callback";
    static final String LOGOUT = "/.gatehouse/backoffice/logout";
    static final String BACKCHANNEL = "/.gatehouse/backoffice/backchannel-logout";

    final PolicyHarness harness;
    final FakeProvider provider;
    final Map<String, String> cookies = new LinkedHashMap<>();

    private final boolean secure;

    private BackOffice(String settings, boolean secure) {
        this.secure = secure;
        String section = """
            listeners: { public: { forwarding: { trusted_proxies: [ 127.0.0.1 ] } } }
            security:
              authentication:
                backoffice:
                  type: oidc
                  discovery_url: https://id.tasty.example/.well-known/openid-configuration
                  client_id: gatehouse-backoffice
                  client_secret: s3cret-of-the-back-office-of-tasty
                  scopes: [openid, profile]
                  roles_from: groups
            """ + settings.indent(6);
        this.harness = PolicyHarness.with(new AuthPolicyFactory(), "backoffice")
                .sections(section)
                .open();
        this.provider = new FakeProvider(this::now);
        harness.calledAnswers(provider::answer);
    }

    static BackOffice open() {
        return new BackOffice("", false);
    }

    /// @param settings more of them, one per line
    static BackOffice with(String settings) {
        return new BackOffice(settings, false);
    }

    /// Behind a proxy that ends TLS.
    static BackOffice overHttps(String settings) {
        return new BackOffice(settings, true);
    }

    Instant now() {
        return harness.now();
    }

    void pass(Duration time) {
        harness.advance(time);
    }

    /// Somebody opens a page.
    PolicyResult open(String path) {
        return send(page(path));
    }

    static PolicyRequest page(String path) {
        return request("GET " + path)
                .header("Host", "shop.example.com")
                .header("Accept", "text/html,application/xhtml+xml")
                .header("Sec-Fetch-Mode", "navigate");
    }

    /// Sends the cookies along, and takes what is set.
    PolicyResult send(PolicyRequest request) {
        PolicyRequest seen = secure ? request.header("X-Forwarded-Proto", "https") : request;
        PolicyResult result = harness.send(cookies.isEmpty() ? seen : seen.header("Cookie", cookieField()));
        for (String field : result.headers("Set-Cookie")) {
            int is = field.indexOf('=');
            String name = field.substring(0, is);
            String value = field.substring(is + 1, field.indexOf(';'));
            if (field.contains("Max-Age=0;")) {
                cookies.remove(name);
            } else {
                cookies.put(name, value);
            }
        }
        return result;
    }

    String cookieField() {
        StringBuilder field = new StringBuilder();
        cookies.forEach((name, value) -> field.append(field.isEmpty() ? "" : "; ")
                .append(name)
                .append('=')
                .append(value));
        return field.toString();
    }

    /// From the page that is wanted to the provider and back.
    PolicyResult login(String path) {
        PolicyResult sent = open(path);
        assertThat(sent.status()).isEqualTo(302);
        return open(provider.login(sent.header("Location")));
    }

    /// The same, and it has to work.
    BackOffice loggedIn() {
        assertThat(login("/admin").header("Location")).isEqualTo("/admin");
        assertThat(open("/admin").status()).isEqualTo(200);
        return this;
    }

    @Override
    public void close() {
        harness.close();
    }
}
