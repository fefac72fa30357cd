package dev.gatehouse.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.auth.SignedToken;
import dev.gatehouse.it.oidc.Chromium;
import dev.gatehouse.it.tls.HttpsGateway;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.RecordedRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages of two origins in a real browser and an API at a third, over HTTPS: one may read its answers with the
/// visitor's cookie, the other can neither read nor change anything.
class OtherOriginsTest {
    private static final String REST = """
            policies:
              cors:
                shop:
                  origins: [ "https://pages.shop.example:PORT" ]
                  methods: [ GET, POST, PUT ]
                  headers: [ Content-Type, X-Grpc-Web, X-User-Agent ]
                  expose_headers: [ X-Request-Id, Grpc-Status ]
                  credentials: true
            security:
              authentication:
                visitor: { type: jwt, secret: "SECRET", in: { cookie: session } }
            services: { orders: { instances: [ "SERVICE" ] } }
            defaults: { cors: shop, csrf: { trusted_origins: [ "https://pages.shop.example:PORT" ] } }
            routes:
              - { hosts: [ pages.shop.example, evil.example ], path: /, cors: none, csrf: none, auth: none,
                  respond: { headers: { Content-Type: text/html }, body: "<h1>a page</h1>" } }
              - { hosts: [ api.shop.example ], path: /enter, service: orders, auth: none }
              - { hosts: [ api.shop.example ], path: /orders/**, service: orders, auth: visitor }
              - { hosts: [ api.shop.example ], path: /office/**, service: orders, auth: visitor, require: "role:admin" }
              - { hosts: [ api.shop.example ], path: /counted, service: orders, auth: visitor, rate_limit: { per: user, limit: 1/h } }
              - { hosts: [ api.shop.example ], grpc: shop.Stock/*, service: orders, auth: visitor }
            """;

    /// What a page learns of an answer, or that it learns nothing.
    private static final String FETCH = """
            fetch('%s', %s).then(
                async answer => answer.status + ' ' + (answer.headers.get('x-request-id') !== null) + ' '
                    + answer.headers.get('x-inner') + ' ' + (await answer.text()).replace(/\\s+/g, ' '),
                failure => String(failure))""";

    @TempDir
    Path folder;

    @Test
    void chromium_lets_one_page_read_and_keeps_everything_from_the_other() throws Exception {
        int port = FakeService.refusing();
        try (var service = FakeService.handling(OtherOriginsTest::answer);
                var gateway = HttpsGateway.on(
                        port,
                        folder,
                        REST.replace("PORT", "" + port)
                                .replace("SECRET", SignedToken.SECRET)
                                .replace("SERVICE", service.address()));
                var browser = Chromium.start(folder, Chromium.WITH_HOSTS_OF_TESTS)) {
            assertThat(gateway.port()).isEqualTo(port);
            String api = "https://api.shop.example:" + port;
            String withCookie = "{ credentials: 'include' }";
            String posted = "{ method: 'POST', credentials: 'include', headers: { 'Content-Type': 'application/json' },"
                    + " body: '{}' }";

            // A page of the shop.
            browser.open("https://pages.shop.example:" + port + "/", "a page");
            assertThat(fetch(browser, api + "/orders/1", "{ credentials: 'omit' }"))
                    .startsWith("401 true null ")
                    .contains("UNAUTHENTICATED");
            assertThat(fetch(browser, api + "/enter", withCookie)).isEqualTo("200 true null entered");
            assertThat(fetch(browser, api + "/orders/1", withCookie)).isEqualTo("200 true null GET of u1");
            assertThat(fetch(browser, api + "/orders/1", posted)).isEqualTo("200 true null POST of u1");
            assertThat(fetch(browser, api + "/orders/1", posted.replace("POST", "PUT")))
                    .isEqualTo("200 true null PUT of u1");
            assertThat(fetch(browser, api + "/office/1", withCookie))
                    .startsWith("403 true null ")
                    .contains("FORBIDDEN");
            assertThat(fetch(browser, api + "/counted", withCookie)).startsWith("200 ");
            assertThat(fetch(browser, api + "/counted", withCookie))
                    .startsWith("429 true null ")
                    .contains("RATE_LIMIT_EXCEEDED");
            assertThat(fetch(browser, api + "/orders/1", posted.replace("POST", "DELETE")))
                    .as("not among the methods")
                    .isEqualTo("TypeError: Failed to fetch");
            assertThat(fetch(
                            browser,
                            api + "/orders/1",
                            posted.replace("'Content-Type'", "'X-Other': '1', 'Content-Type'")))
                    .as("not among the fields")
                    .isEqualTo("TypeError: Failed to fetch");
            assertThat(fetch(
                            browser,
                            api + "/shop.Stock/GetLevel",
                            "{ method: 'POST', credentials: 'omit', headers: { 'Content-Type':"
                                    + " 'application/grpc-web+proto', 'X-Grpc-Web': '1', 'X-User-Agent': 'grpc-web-js' },"
                                    + " body: new Uint8Array(5) }"))
                    .startsWith("200 true ")
                    .contains("grpc-status: 16", "UNAUTHENTICATED");
            assertThat(service.requests()).noneMatch(sent -> sent.method().equals("DELETE"));

            // A page of somebody else, in front of the same visitor. Its form is sent with the cookie.
            browser.open("https://evil.example:" + port + "/", "a page");
            assertThat(fetch(browser, api + "/orders/2", withCookie)).isEqualTo("TypeError: Failed to fetch");
            assertThat(fetch(browser, api + "/orders/2", posted)).isEqualTo("TypeError: Failed to fetch");
            assertThat(fetch(
                            browser,
                            api + "/orders/2",
                            "{ method: 'POST', mode: 'no-cors', credentials: 'include', body: 'a=1' }"))
                    .startsWith("0 ");
            browser.script("const form = document.createElement('form'); form.method = 'POST'; form.action = '" + api
                    + "/orders/2'; document.body.append(form); form.submit()");
            browser.waitFor("This request was sent by a page of another site.");
            assertThat(service.requests())
                    .noneMatch(sent ->
                            sent.target().equals("/orders/2") && sent.method().equals("POST"));
        }
    }

    private static Answer answer(RecordedRequest request) {
        if (request.target().equals("/enter")) {
            return Answer.of(200, "entered")
                    .header(
                            "Set-Cookie",
                            "session=" + SignedToken.of("u1") + "; Path=/; Secure; HttpOnly; SameSite=None");
        }
        return Answer.of(200, request.method() + " of " + request.header("X-User-Id"))
                .header("X-Inner", "secret");
    }

    private static String fetch(Chromium browser, String url, String how) throws Exception {
        return browser.script(FETCH.formatted(url, how));
    }
}
