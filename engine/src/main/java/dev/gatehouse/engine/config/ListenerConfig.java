package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.config.Word;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where clients come in. A `max_body` ends up in the limits: readers look there.
@Settings(name = "listener", value = "Where clients come in.")
public record ListenerConfig(
        @Setting(value = "Address to listen on; 0.0.0.0 is all of this machine.", byDefault = "0.0.0.0")
        String bind,

        @Setting(
                value = "Port to listen on; 0 picks a free one. Left out, it is 8443 with 'tls' and 8080 without.",
                min = "0",
                max = "65535")
        @Nullable
        Integer port,

        @Setting(value = "What comes in: http, or tcp, which is passed to a service as it is.", byDefault = "http")
        Type type,

        @Setting(
                value =
                        "What is spoken with clients: h2 and http/1.1 with TLS, http/1.1 and h2c (HTTP/2 without TLS, by prior"
                                + " knowledge) without. None is h2 and http/1.1 with TLS, http/1.1 without.",
                byDefault = "none")
        List<Protocol> protocols,

        @Setting("Speaks TLS with clients.") @Nullable ListenerTlsConfig tls,

        @Setting("Bounds of HTTP/2.") Http2Config http2,

        @Setting("Where a tcp listener's connections go: a service.") @Nullable
        String service,

        @Setting("Where a tcp listener's TLS connections go by the host they name (SNI), still encrypted:"
                + " { db.example.com: db, \"*.example.com\": web }. Others go to 'service', or are refused; what is no"
                + " TLS is closed.")
        Map<String, String> sni,

        @Setting(
                value =
                        "Answer /health, /health/live and /health/ready here too, and grpc.health.v1.Health/Check; the admin"
                                + " listener always answers the first three.",
                byDefault = "false")
        boolean health,

        @Setting(
                "Answers every request but those for health with 308 to the same host, path and query over https; no route and no"
                        + " policy is asked.")
        @Nullable
        RedirectTo redirectTo,

        @Setting(
                value = "Port of https in the addresses that redirect_to makes.",
                byDefault = "443",
                min = "1",
                max = "65535")
        int redirectPort,

        @Setting("What one client, and all clients together, may ask.")
        LimitsConfig limits,

        @Setting("Who is believed about where a request came from, and what services are told about it.")
        ForwardingConfig forwarding,

        @Setting(value = "The same as limits.body.", min = "0B") @Nullable
        Long maxBody) {
    private static final int HTTPS_PORT = 443;
    private static final Pattern SNI_NAME =
            Pattern.compile("(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*)(\\.[A-Za-z0-9_][A-Za-z0-9_-]*)*");

    /// Where a listener listens that does not say so.
    public static final int PLAIN_PORT = 8080;

    /// The same for one that speaks TLS.
    public static final int TLS_PORT = 8443;

    public static final ListenerConfig DEFAULT =
            new ListenerConfig("0.0.0.0", PLAIN_PORT, false, LimitsConfig.DEFAULT, ForwardingConfig.DEFAULT);

    public ListenerConfig {
        if (port == null) {
            port = tls == null ? PLAIN_PORT : TLS_PORT;
        }
        Check.between("port", port, 0, 65535);
        Check.between("redirect_port", redirectPort, 1, 65535);
        if (redirectTo == null && redirectPort != HTTPS_PORT) {
            throw new IllegalArgumentException("redirect_port: says nothing without redirect_to: https");
        }
        protocols = List.copyOf(protocols);
        sni = Collections.unmodifiableMap(new LinkedHashMap<>(sni));
        if (type == Type.TCP) {
            checkTcp(service, sni, tls, protocols, http2, health, redirectTo, limits, forwarding, maxBody);
        } else if (service != null || !sni.isEmpty()) {
            throw new IllegalArgumentException(
                    (service == null ? "sni" : "service") + ": is for type: tcp; requests of HTTP go where routes say");
        } else if (protocols.isEmpty()) {
            protocols = tls == null ? List.of(Protocol.HTTP_1_1) : List.of(Protocol.H2, Protocol.HTTP_1_1);
        }
        if (tls == null && protocols.contains(Protocol.H2)) {
            throw new IllegalArgumentException("protocols: h2 needs 'tls'; without TLS it is called h2c");
        }
        if (tls != null && protocols.contains(Protocol.H2C)) {
            throw new IllegalArgumentException("protocols: h2c is HTTP/2 without TLS; with 'tls' it is called h2");
        }
        if (bind.isBlank()) {
            throw new IllegalArgumentException("bind: is empty (expected: an address such as 127.0.0.1)");
        }
        if (maxBody != null) {
            if (limits.body() != 0 && limits.body() != maxBody) {
                throw new IllegalArgumentException("max_body: contradicts limits.body; keep one of them");
            }
            limits = limits.withBody(maxBody);
            maxBody = null;
        }
    }

    public ListenerConfig(String bind, int port, boolean health, LimitsConfig limits, ForwardingConfig forwarding) {
        this(
                bind,
                port,
                Type.HTTP,
                List.of(),
                null,
                Http2Config.DEFAULT,
                null,
                Map.of(),
                health,
                null,
                HTTPS_PORT,
                limits,
                forwarding,
                null);
    }

    /// Never null.
    @Override
    public Integer port() {
        return Objects.requireNonNull(port);
    }

    /// What is for HTTP would be read by nobody, and so may not be written.
    private static void checkTcp(
            @Nullable String service,
            Map<String, String> sni,
            @Nullable ListenerTlsConfig tls,
            List<Protocol> protocols,
            Http2Config http2,
            boolean health,
            @Nullable RedirectTo redirectTo,
            LimitsConfig limits,
            ForwardingConfig forwarding,
            @Nullable Long maxBody) {
        if (service == null && sni.isEmpty()) {
            throw new IllegalArgumentException("type: tcp needs 'service', or 'sni'");
        }
        if (tls != null && !sni.isEmpty()) {
            throw new IllegalArgumentException("sni: passes TLS on still encrypted; remove 'tls', or write 'service'");
        }
        refuse("protocols", !protocols.isEmpty());
        refuse("http2", !http2.equals(Http2Config.DEFAULT));
        refuse("health", health);
        refuse("redirect_to", redirectTo != null);
        refuse("forwarding", !forwarding.equals(ForwardingConfig.DEFAULT));
        refuse("max_body", maxBody != null);
        if (!limits.equals(LimitsConfig.ofTcp(limits.connections(), limits.headTimeout()))) {
            throw new IllegalArgumentException(
                    "limits: of these a listener of type: tcp has 'connections', and with 'sni' 'head_timeout'");
        }
        Set<String> seen = new HashSet<>();
        for (String name : sni.keySet()) {
            if (!SNI_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "sni: '" + name + "' (expected: a host such as db.example.com, or *.example.com)");
            }
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("sni: '" + name + "' is there twice, since case does not count");
            }
        }
    }

    private static void refuse(String key, boolean written) {
        if (written) {
            throw new IllegalArgumentException(key + ": says nothing for type: tcp, where nobody looks for HTTP");
        }
    }

    /// The same in another place.
    public ListenerConfig at(String address, int otherPort) {
        return new ListenerConfig(
                address,
                otherPort,
                type,
                protocols,
                tls,
                http2,
                service,
                sni,
                health,
                redirectTo,
                redirectPort,
                limits,
                forwarding,
                maxBody);
    }

    /// What its URL begins with: `http`, or `tcp` and `tls` where connections are passed on.
    public String scheme() {
        return switch (type) {
            case HTTP -> tls == null ? "http" : "https";
            case TCP -> tls == null && sni.isEmpty() ? "tcp" : "tls";
        };
    }

    /// Whether this is spoken here.
    public boolean speaks(Protocol protocol) {
        return protocols.contains(protocol);
    }

    /// What comes in.
    public enum Type {
        HTTP,
        /// Octets that nobody looks at.
        TCP
    }

    /// What is spoken with clients.
    public enum Protocol {
        /// HTTP/2 over TLS, by ALPN.
        H2,
        @Word("http/1.1")
        HTTP_1_1,
        /// HTTP/2 without TLS, by prior knowledge (RFC 9113 §3.3).
        H2C
    }

    /// Where a listener sends all its clients.
    public enum RedirectTo {
        /// The same address over https.
        HTTPS
    }
}
