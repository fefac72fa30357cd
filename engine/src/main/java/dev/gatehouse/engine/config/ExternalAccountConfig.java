package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.regex.Pattern;

/// An account its owner has at an issuer already (external account binding, RFC 8555 §7.3.4).
@Settings(
        name = "listener.tls.acme.external_account",
        value = "An account you have at the issuer already, by what the issuer gave you for it.")
public record ExternalAccountConfig(
        @Setting("What the issuer calls the account: its key identifier.")
        String id,

        @Setting("The key it gave for it, in base64url; write ${env:NAME} or ${file:path}.")
        String key) {
    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]{16,}=*");

    public ExternalAccountConfig {
        if (id.isBlank()) {
            throw new IllegalArgumentException("id: is empty");
        }
        if (!BASE64URL.matcher(key).matches()) {
            throw new IllegalArgumentException("key: is not in base64url, as issuers write it");
        }
    }

    /// Its name: the key is secret.
    @Override
    public String toString() {
        return id;
    }
}
