package dev.gatehouse.engine.service.balancing;

import dev.gatehouse.api.template.Facts;
import dev.gatehouse.api.template.Reference;
import dev.gatehouse.engine.config.StickyConfig;
import dev.gatehouse.engine.service.Candidates;
import dev.gatehouse.engine.service.Instance;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The cookie that leads a client back to its instance. Its value is an HMAC of service and address: every gateway
/// with the same settings makes the same, nobody reads an address from it, and one made up leads nowhere. For one
/// loop.
public final class StickyCookie {
    /// 96 bits: 16 characters.
    private static final int OCTETS = 12;

    private final Reference cookie;
    private final String service;
    private final String attributes;
    private final Mac mac;
    private @Nullable Candidates known;
    private String[] tokens = new String[0];

    /// @param service its key: the same address in two services has two names
    public StickyCookie(StickyConfig config, String service) {
        this.cookie = Reference.fact("cookie", config.cookie());
        this.service = service;
        this.attributes = "; Path=/; HttpOnly; SameSite=Lax"
                + (config.ttl() == null ? "" : "; Max-Age=" + config.ttl().toSeconds());
        String secret = config.secret() == null ? "gatehouse instance of " + service : config.secret();
        try {
            this.mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /// The instance the client was led to before; null when it brings no such cookie, or that instance cannot be
    /// used now.
    public @Nullable Instance find(Facts facts, Candidates among) {
        CharSequence token = facts.value(cookie);
        if (token == null) {
            return null;
        }
        if (known != among) {
            learn(among);
        }
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i].contentEquals(token)) {
                return among.get(i);
            }
        }
        return null;
    }

    /// The value of the Set-Cookie field that leads a client to this instance.
    public byte[] leadingTo(Instance instance) {
        return (cookie.name() + '=' + token(instance) + attributes).getBytes(StandardCharsets.US_ASCII);
    }

    private void learn(Candidates among) {
        known = among;
        tokens = new String[among.size()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = token(among.get(i));
        }
    }

    private String token(Instance instance) {
        byte[] hash = mac.doFinal((service + '/' + instance).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, OCTETS));
    }
}
