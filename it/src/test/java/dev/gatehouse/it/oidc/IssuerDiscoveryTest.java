package dev.gatehouse.it.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.TestGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Bearer tokens of a provider by others, of which the gateway knows the issuer and nothing else.
class IssuerDiscoveryTest {
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void the_issuer_alone_leads_to_the_keys_its_tokens_are_verified_with() throws Exception {
        try (var provider = MockProvider.start();
                var service = FakeService.start();
                var gateway = TestGateway.from(config(provider.issuer("shop"), service.address()))) {
            String orders = "http://127.0.0.1:" + gateway.port() + "/orders";

            HttpResponse<String> good = get(orders, token(provider.issuer("shop")));
            assertThat(good.statusCode()).as(good.body()).isEqualTo(200);
            assertThat(service.awaitRequest().headers("X-User-Id")).containsExactly("u7");

            String other = token(provider.issuer("another"));
            assertThat(get(orders, other).statusCode()).as("of another issuer").isEqualTo(401);
            String shop = token(provider.issuer("shop"));
            String mixed = shop.substring(0, shop.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
            assertThat(get(orders, mixed).statusCode()).as("signed by another").isEqualTo(401);
        }
    }

    private static String config(String issuer, String service) {
        return """
                security: { authentication: { customer: { type: jwt, issuer: "%s" } } }
                services: { orders: { instances: [ "%s" ] } }
                routes: [ { path: /orders, service: orders, auth: customer } ]
                """.formatted(issuer, service);
    }

    private HttpResponse<String> get(String url, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String token(String issuer) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=app&client_secret=any&scope=orders"))
                .build();
        String answer =
                client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        Matcher token = TOKEN.matcher(answer);
        assertThat(token.find()).as(answer).isTrue();
        return token.group(1);
    }
}
