package dev.gatehouse.policy.auth.oidc.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// A session as octets, before they are sealed: JSON.
final class SessionText {
    private SessionText() {}

    static byte[] write(Session session) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", session.id());
        json.put("began", session.began().toEpochMilli());
        json.put("seen", session.seen().toEpochMilli());
        json.put("id_token", session.idToken());
        if (session.refresh() != null) {
            json.put("refresh", session.refresh());
        }
        if (session.access() != null) {
            json.put("access", session.access());
        }
        Instant expires = session.accessExpires();
        if (expires != null) {
            json.put("expires", expires.toEpochMilli());
        }
        if (!session.userinfo().isEmpty()) {
            json.put("userinfo", session.userinfo());
        }
        return JsonUtil.toJson(json).getBytes(UTF_8);
    }

    /// Null for what another version of the gateway wrote.
    @SuppressWarnings("unchecked") // what the parser makes of an object of JSON
    static @Nullable Session read(byte[] octets) {
        Map<String, Object> json;
        try {
            json = JsonUtil.parseJson(new String(octets, UTF_8));
        } catch (JoseException e) {
            return null;
        }
        if (!(json.get("id") instanceof String id)
                || !(json.get("began") instanceof Long began)
                || !(json.get("seen") instanceof Long seen)
                || !(json.get("id_token") instanceof String idToken)) {
            return null;
        }
        return new Session(
                id,
                Instant.ofEpochMilli(began),
                Instant.ofEpochMilli(seen),
                idToken,
                json.get("refresh") instanceof String refresh ? refresh : null,
                json.get("access") instanceof String access ? access : null,
                json.get("expires") instanceof Long expires ? Instant.ofEpochMilli(expires) : null,
                json.get("userinfo") instanceof Map<?, ?> userinfo ? (Map<String, Object>) userinfo : Map.of());
    }
}
