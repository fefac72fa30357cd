package dev.gatehouse.engine.exchange;

import static dev.gatehouse.engine.net.CertificatesOfRfc9440.CLIENT;
import static dev.gatehouse.engine.net.CertificatesOfRfc9440.certificate;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.identity.Plan;
import dev.gatehouse.api.template.Reference;
import dev.gatehouse.engine.net.ExchangeIds;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.net.TlsFacts;
import dev.gatehouse.engine.target.PathParameters;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.ParsedRequest;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFactsTest {
    private final ParsedRequest request = new ParsedRequest();
    private final Provenance provenance = new Provenance(List.<Cidr>of(), new ExchangeIds());
    private final RequestView view = new RequestView(request, provenance);
    private final Attributes attributes = new Attributes();
    private final RequestFacts facts = new RequestFacts(request, view, provenance, attributes);

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "query,   lang,      it",
                "query,   a b,       1&2",
                "query,   empty,     ''",
                "query,   flag,      ''",
                "query,   Lang,      none",
                "header,  X-Tenant,  acme",
                "header,  x-name,    Zoë",
                "header,  x-none,    none",
                "header,  x-forwarded-for, none",
                "cookie,  sid,       a=b",
                "cookie,  theme,     dark",
                "cookie,  last,      1",
                "cookie,  id,        none",
                "client,  ip,        203.0.113.9",
                "client,  port,      none",
                "request, method,    PATCH",
                "request, path,      /a%20b/c",
                "request, host,      shop.example",
                "request, scheme,    http",
                "request, url,       none",
                "jwt,     sub,       none",
            })
    void a_fact_is_found_in_the_head(String group, String name, @Nullable String expected) {
        ask("PATCH //a%20b/c?x=1&lang=it&a+b=1%262&lang=de&empty=&flag HTTP/1.1\r\nHost: shop.example:8080\r\n"
                + "X-TENANT: acme\r\nX-Name: Zoë\r\nX-Forwarded-For: 10.0.0.1\r\n"
                + "Cookie: sid=a=b; theme=dark;xid=2\r\nCookie: last=1\r\n\r\n");
        assertThat(value(Reference.fact(group, name))).isEqualTo(expected);
    }

    @Test
    void the_id_is_that_of_the_exchange() {
        ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(value(Reference.fact("request", "id"))).hasSize(36);
    }

    @ParameterizedTest
    @CsvSource({"[::1]:8080, [::1]", "[::1], [::1]", "a, a", "10.0.0.1:80, 10.0.0.1"})
    void the_host_has_no_port(String sent, String host) {
        ask("GET / HTTP/1.1\r\nHost: " + sent + "\r\n\r\n");
        assertThat(value(Reference.fact("request", "host"))).isEqualTo(host);
    }

    @Test
    void without_a_host_there_is_none() {
        ask("GET / HTTP/1.0\r\n\r\n");
        assertThat(value(Reference.fact("request", "host"))).isNull();
    }

    @Test
    void a_parameter_is_decoded_and_a_plus_in_a_path_is_a_plus() {
        ask("GET /users/a%20b+%C3%A9/x HTTP/1.1\r\nHost: a\r\n\r\n");
        int from = request.pathStart() + "/users/".length();
        facts.matched(new PathParameters() {
            @Override
            public int from(String name) {
                return name.equals("id") ? from : -1;
            }

            @Override
            public int to(String name) {
                return name.equals("id") ? request.pathEnd() - 2 : -1;
            }
        });
        assertThat(value(Reference.parameter("id"))).isEqualTo("a b+é");
        assertThat(value(Reference.parameter("other"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "certificate.subject,     CN=BC",
                "certificate.serial,      7",
                "tls.protocol,            TLSv1.3",
                "tls.server_name,         shop.example",
                "certificate.names,       none",
            })
    void what_the_client_has_shown_is_a_fact(String name, @Nullable String expected) {
        String head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        ask(head, new TlsFacts("TLSv1.3", "", "shop.example", null, List.of(certificate(CLIENT))));
        assertThat(value(Reference.fact("client", name))).isEqualTo(expected);

        ask(head);
        assertThat(value(Reference.fact("client", name))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Client-Cert",
                "client_cert",
                "CLIENT-CERT-CHAIN",
                "X-Client-Cert",
                "X_SSL_Client_S_DN",
                "SSL-Client-Verify",
                "X-Forwarded-Client-Cert",
                "X-Amzn-Mtls-Clientcert"
            })
    void who_the_client_is_no_field_says(String name) {
        ask("GET / HTTP/1.1\r\nHost: a\r\n" + name + ": Ada\r\n\r\n");

        assertThat(view.header(HeaderName.of(name))).isNull();
        assertThat(request.dropped(1)).isTrue();
        assertThat(view.clientCertificate()).isNull();
    }

    private void ask(String head) {
        ask(head, null);
    }

    @Test
    void who_calls_is_told_once_somebody_has_found_out() {
        ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n", null);
        assertThat(value(Reference.fact("jwt", "sub"))).isNull();
        assertThat(value(Reference.fact("consumer", "id"))).isNull();

        Plan pro = new Plan("pro", new Plan.Allowance(null, null, null), Map.of());
        attributes.set(
                Identity.OF_EXCHANGE,
                new Identity(
                        "customer",
                        "u1",
                        new Consumer("acme", pro, Set.of("gold"), Set.of()),
                        "k_1",
                        Set.of("customer"),
                        Set.of(),
                        Map.of("tenant", Map.of("id", 7L), "groups", List.of("a", "b"), "a.b", true)));

        assertThat(value(Reference.fact("jwt", "sub"))).hasToString("u1");
        assertThat(value(Reference.fact("jwt", "tenant.id"))).hasToString("7");
        assertThat(value(Reference.fact("jwt", "groups"))).hasToString("a,b");
        assertThat(value(Reference.fact("jwt", "a.b"))).hasToString("true");
        assertThat(value(Reference.fact("jwt", "missing"))).isNull();
        assertThat(value(Reference.fact("consumer", "id"))).hasToString("acme");
        assertThat(value(Reference.fact("consumer", "plan"))).hasToString("pro");
        assertThat(value(Reference.fact("consumer", "groups"))).hasToString("gold");
        assertThat(value(Reference.fact("consumer", "credential"))).hasToString("k_1");
    }

    private void ask(String head, @Nullable TlsFacts tls) {
        request.reset();
        request.parse(Unpooled.wrappedBuffer(head.getBytes(UTF_8)), HeadLimits.DEFAULT);
        Peer peer = new Peer(
                new InetSocketAddress("203.0.113.9", 1234), new InetSocketAddress("127.0.0.1", 80), List.of(), tls);
        provenance.establish(request, peer, 0, TraceRules.OFF, List.of());
    }

    private @Nullable String value(Reference reference) {
        CharSequence value = facts.value(reference);
        return value == null ? null : value.toString();
    }
}
