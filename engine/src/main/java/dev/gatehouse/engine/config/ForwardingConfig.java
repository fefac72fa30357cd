package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;

/// What the service is told about where a request came from, and whom we believe about it.
@Settings(
        name = "forwarding",
        value = "What services are told about where a request came from, and who is believed about it.")
public record ForwardingConfig(
        @Setting(
                value = "Addresses and ranges of proxies in front of the gateway. Only their X-Forwarded-…, Forwarded,"
                        + " X-Request-Id and method or URL override fields are believed; everyone else's are removed.",
                byDefault = "none")
        List<String> trustedProxies,

        @Setting(value = "Also send the Forwarded field (RFC 7239), beside X-Forwarded-….", byDefault = "false")
        boolean forwarded) {
    public static final ForwardingConfig DEFAULT = new ForwardingConfig(List.of(), false);

    public ForwardingConfig {
        trustedProxies = List.copyOf(trustedProxies);
        trustedProxies.forEach(range -> Check.range("trusted_proxies", range));
    }
}
