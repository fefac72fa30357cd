package dev.gatehouse.policy.securityheaders;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/// Sets the fields on every answer, refusals included: an error page can be framed and sniffed as any other.
final class SecurityHeadersPolicy implements Policy {
    private static final HeaderName STRICT_TRANSPORT_SECURITY = HeaderName.of("Strict-Transport-Security");
    private static final HeaderName POWERED_BY = HeaderName.of("X-Powered-By");

    private final List<Field> always;
    private final List<Field> overHttps;
    private final boolean hideServer;
    private final boolean override;

    private record Field(HeaderName name, String value) {}

    SecurityHeadersPolicy(SecurityHeadersConfig config) {
        List<Field> fields = new ArrayList<>();
        add(fields, HeaderName.of("X-Content-Type-Options"), config.contentTypeOptions());
        add(fields, HeaderName.of("X-Frame-Options"), config.frameOptions());
        add(fields, HeaderName.of("Referrer-Policy"), config.referrerPolicy());
        add(fields, HeaderName.of("Cross-Origin-Opener-Policy"), config.crossOriginOpenerPolicy());
        add(fields, HeaderName.of("Content-Security-Policy"), config.contentSecurityPolicy());
        add(fields, HeaderName.of("Permissions-Policy"), config.permissionsPolicy());
        this.always = List.copyOf(fields);
        // A browser ignores it otherwise, and whoever is in between could have written it (RFC 6797 §7.2).
        List<Field> secure = new ArrayList<>(fields);
        add(secure, STRICT_TRANSPORT_SECURITY, config.strictTransportSecurity());
        this.overHttps = List.copyOf(secure);
        this.hideServer = config.hideServer();
        this.override = config.override();
    }

    private static void add(List<Field> fields, HeaderName name, String value) {
        if (!value.equals(SecurityHeadersConfig.NONE)) {
            fields.add(new Field(name, value));
        }
    }

    @Override
    public Decision onResponse(Exchange exchange, Response response) {
        if (hideServer) {
            response.remove(HeaderName.SERVER).remove(POWERED_BY);
        }
        boolean https = exchange.request().scheme().equals("https");
        for (Field field : https ? overHttps : always) {
            if (override || response.header(field.name()) == null) {
                response.set(field.name(), field.value());
            } else if (exchange.isRecorded()) {
                exchange.note("kept " + field.name() + " of the service");
            }
        }
        return Decision.CONTINUE;
    }
}
