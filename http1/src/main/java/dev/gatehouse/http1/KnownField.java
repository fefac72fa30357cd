package dev.gatehouse.http1;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The field names a gateway must recognise on every message: those that frame it, those that end at each hop, and
/// those a gateway sets itself, so that nobody else's copy may pass for them.
public enum KnownField {
    HOST("host", Role.END_TO_END),
    CONNECTION("connection", Role.HOP_BY_HOP),
    KEEP_ALIVE("keep-alive", Role.HOP_BY_HOP),
    PROXY_CONNECTION("proxy-connection", Role.HOP_BY_HOP),
    PROXY_AUTHENTICATE("proxy-authenticate", Role.HOP_BY_HOP),
    PROXY_AUTHORIZATION("proxy-authorization", Role.HOP_BY_HOP),
    TE("te", Role.HOP_BY_HOP),
    TRANSFER_ENCODING("transfer-encoding", Role.HOP_BY_HOP),
    UPGRADE("upgrade", Role.HOP_BY_HOP),
    HTTP2_SETTINGS("http2-settings", Role.HOP_BY_HOP),
    CONTENT_LENGTH("content-length", Role.END_TO_END),
    CONTENT_TYPE("content-type", Role.END_TO_END),
    EXPECT("expect", Role.END_TO_END),
    TRAILER("trailer", Role.END_TO_END),
    DATE("date", Role.END_TO_END),
    VIA("via", Role.END_TO_END),
    X_REQUEST_ID("x-request-id", Role.GATEWAY),
    TRACEPARENT("traceparent", Role.END_TO_END),
    TRACESTATE("tracestate", Role.END_TO_END),
    B3("b3", Role.END_TO_END),
    X_B3_TRACEID("x-b3-traceid", Role.END_TO_END),
    X_B3_SPANID("x-b3-spanid", Role.END_TO_END),
    X_B3_PARENTSPANID("x-b3-parentspanid", Role.END_TO_END),
    X_B3_SAMPLED("x-b3-sampled", Role.END_TO_END),
    X_B3_FLAGS("x-b3-flags", Role.END_TO_END),
    FORWARDED("forwarded", Role.FORWARDING),
    X_FORWARDED_FOR("x-forwarded-for", Role.FORWARDING),
    X_FORWARDED_PROTO("x-forwarded-proto", Role.FORWARDING),
    X_FORWARDED_HOST("x-forwarded-host", Role.FORWARDING),
    X_FORWARDED_PORT("x-forwarded-port", Role.FORWARDING),
    X_FORWARDED_PREFIX("x-forwarded-prefix", Role.FORWARDING),
    X_FORWARDED_SERVER("x-forwarded-server", Role.FORWARDING),
    X_FORWARDED_SSL("x-forwarded-ssl", Role.FORWARDING),
    X_FORWARDED_SCHEME("x-forwarded-scheme", Role.FORWARDING),
    X_REAL_IP("x-real-ip", Role.FORWARDING),
    X_ORIGINAL_URL("x-original-url", Role.OVERRIDE),
    X_REWRITE_URL("x-rewrite-url", Role.OVERRIDE),
    X_HTTP_METHOD_OVERRIDE("x-http-method-override", Role.OVERRIDE),
    X_HTTP_METHOD("x-http-method", Role.OVERRIDE),
    X_METHOD_OVERRIDE("x-method-override", Role.OVERRIDE),
    CLIENT_CERT("client-cert", Role.IDENTITY),
    CLIENT_CERT_CHAIN("client-cert-chain", Role.IDENTITY),
    X_CLIENT_CERT("x-client-cert", Role.IDENTITY),
    X_CLIENT_CERT_CHAIN("x-client-cert-chain", Role.IDENTITY),
    X_CLIENT_CERTIFICATE("x-client-certificate", Role.IDENTITY),
    X_SSL_CERT("x-ssl-cert", Role.IDENTITY),
    X_SSL_CLIENT_CERT("x-ssl-client-cert", Role.IDENTITY),
    X_SSL_CLIENT_CERT_CHAIN("x-ssl-client-cert-chain", Role.IDENTITY),
    X_SSL_CLIENT_VERIFY("x-ssl-client-verify", Role.IDENTITY),
    X_SSL_CLIENT_DN("x-ssl-client-dn", Role.IDENTITY),
    X_SSL_CLIENT_S_DN("x-ssl-client-s-dn", Role.IDENTITY),
    X_SSL_CLIENT_S_DN_CN("x-ssl-client-s-dn-cn", Role.IDENTITY),
    X_SSL_CLIENT_CN("x-ssl-client-cn", Role.IDENTITY),
    X_SSL_CLIENT_SUBJECT("x-ssl-client-subject", Role.IDENTITY),
    X_SSL_CLIENT_I_DN("x-ssl-client-i-dn", Role.IDENTITY),
    X_SSL_CLIENT_ISSUER("x-ssl-client-issuer", Role.IDENTITY),
    X_SSL_CLIENT_SERIAL("x-ssl-client-serial", Role.IDENTITY),
    X_SSL_CLIENT_FINGERPRINT("x-ssl-client-fingerprint", Role.IDENTITY),
    X_SSL_CLIENT_SHA1("x-ssl-client-sha1", Role.IDENTITY),
    X_SSL_CLIENT_NOT_BEFORE("x-ssl-client-not-before", Role.IDENTITY),
    X_SSL_CLIENT_NOT_AFTER("x-ssl-client-not-after", Role.IDENTITY),
    X_SSL_SUBJECT("x-ssl-subject", Role.IDENTITY),
    X_SSL_ISSUER("x-ssl-issuer", Role.IDENTITY),
    SSL_CLIENT_CERT("ssl-client-cert", Role.IDENTITY),
    SSL_CLIENT_VERIFY("ssl-client-verify", Role.IDENTITY),
    SSL_CLIENT_SUBJECT_DN("ssl-client-subject-dn", Role.IDENTITY),
    SSL_CLIENT_ISSUER_DN("ssl-client-issuer-dn", Role.IDENTITY),
    X_FORWARDED_CLIENT_CERT("x-forwarded-client-cert", Role.IDENTITY),
    X_FORWARDED_CLIENT_CERT_CHAIN("x-forwarded-client-cert-chain", Role.IDENTITY),
    X_FORWARDED_TLS_CLIENT_CERT("x-forwarded-tls-client-cert", Role.IDENTITY),
    X_FORWARDED_TLS_CLIENT_CERT_INFO("x-forwarded-tls-client-cert-info", Role.IDENTITY),
    X_AMZN_MTLS_CLIENTCERT("x-amzn-mtls-clientcert", Role.IDENTITY),
    X_AMZN_MTLS_CLIENTCERT_LEAF("x-amzn-mtls-clientcert-leaf", Role.IDENTITY),
    X_AMZN_MTLS_CLIENTCERT_SUBJECT("x-amzn-mtls-clientcert-subject", Role.IDENTITY),
    X_AMZN_MTLS_CLIENTCERT_ISSUER("x-amzn-mtls-clientcert-issuer", Role.IDENTITY),
    X_AMZN_MTLS_CLIENTCERT_SERIAL_NUMBER("x-amzn-mtls-clientcert-serial-number", Role.IDENTITY),
    X_AMZN_MTLS_CLIENTCERT_VALIDITY("x-amzn-mtls-clientcert-validity", Role.IDENTITY),
    X_ARR_CLIENTCERT("x-arr-clientcert", Role.IDENTITY),
    GATEHOUSE_ERROR("gatehouse-error", Role.GATEWAY),
    GATEHOUSE_TRACE("gatehouse-trace", Role.GATEWAY);

    /// What becomes of a field when a message passes through.
    public enum Role {
        /// Goes through untouched.
        END_TO_END,
        /// Speaks of one connection only (RFC 9110 §7.6.1): never forwarded.
        HOP_BY_HOP,
        /// Says where a request came from: believed from trusted peers only.
        FORWARDING,
        /// Would make a service see another request than the one that was authorised: believed from trusted peers
        /// only.
        OVERRIDE,
        /// Says which certificate the client has shown: known from the handshake, believed from nobody.
        IDENTITY,
        /// Set by the gateway itself.
        GATEWAY
    }

    private static final KnownField[] ALL = values();
    private static final int SLOTS = 256;
    private static final @Nullable KnownField[] BY_HASH = new @Nullable KnownField[SLOTS];

    static {
        for (KnownField field : ALL) {
            int slot = slot(field.hash);
            while (BY_HASH[slot] != null) {
                slot = (slot + 1) & (SLOTS - 1);
            }
            BY_HASH[slot] = field;
        }
    }

    private final byte[] name;
    private final int hash;
    private final Role role;

    KnownField(String name, Role role) {
        this.name = name.getBytes(StandardCharsets.US_ASCII);
        this.hash = Octets.hash(this.name, 0, this.name.length);
        this.role = role;
    }

    public Role role() {
        return role;
    }

    /// The hash under which [FieldBlock] finds this name.
    public int hash() {
        return hash;
    }

    byte[] lowerCase() {
        return name;
    }

    /// The field spelt by `[from, to)`, letters in any case; null for every other name.
    public static @Nullable KnownField named(byte[] bytes, int from, int to) {
        KnownField field = of(Octets.hash(bytes, from, to), bytes, from, to);
        return field != null && Octets.equalsIgnoreCase(bytes, from, to, field.name) ? field : null;
    }

    /// The field spelt by these octets in any case, `_` counting as `-`; null for every other name.
    static @Nullable KnownField of(int hash, byte[] bytes, int from, int to) {
        int slot = slot(hash);
        for (KnownField field = BY_HASH[slot]; field != null; field = BY_HASH[slot]) {
            if (field.hash == hash && field.isFoldedFrom(bytes, from, to)) {
                return field;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return null;
    }

    private boolean isFoldedFrom(byte[] bytes, int from, int to) {
        if (to - from != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (Octets.TOKEN_FOLDED[bytes[from + i] & 0xff] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int slot(int hash) {
        return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (SLOTS - 1);
    }
}
