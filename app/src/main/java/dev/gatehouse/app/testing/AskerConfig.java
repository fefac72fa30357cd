package dev.gatehouse.app.testing;

import dev.gatehouse.api.config.JsonText;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.identity.CredentialPlace.Form;
import dev.gatehouse.engine.explain.Asker;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who asks: `customer:u1` as `gatehouse explain --as` understands it, or a section.
@Settings(
        name = "test_file.as",
        value = "Who asks: somebody who is believed without a credential, or somebody who shows one.")
public record AskerConfig(
        @Setting("Claims of a token that is believed: sub, roles, scope, any other; exp and nbf hold, as seconds or"
                + " as a moment.")
        @Nullable
        JsonText jwt,

        @Setting("A token as a client sends it; it is verified.") @Nullable
        String token,

        @Setting("An API key as a client sends it; it is looked up. ENTRY:KEY where several entries take keys.")
        @Nullable
        String key,

        @Setting("The name of a consumer, which is believed.") @Nullable
        String consumer,

        @Setting("The name of a user, who is believed.") @Nullable
        String user,

        @Setting("The entry of security.authentication that has identified the user; left out, any that is asked.")
        @Nullable
        String method,

        @Setting(value = "Roles of the user.", byDefault = "none")
        List<String> roles,

        @Setting(value = "Scopes of the user.", byDefault = "none")
        List<String> scopes) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Object>> CLAIMS = new TypeReference<>() {};
    private static final List<String> MOMENTS = List.of("exp", "nbf", "iat");

    public AskerConfig {
        roles = List.copyOf(roles);
        scopes = List.copyOf(scopes);
        long ways = Stream.of(jwt, token, key, consumer, user)
                .filter(Objects::nonNull)
                .count();
        if (ways != 1) {
            throw new IllegalArgumentException("one says who asks: jwt, token, key, consumer or user");
        }
        if (user == null && (method != null || !roles.isEmpty() || !scopes.isEmpty())) {
            throw new IllegalArgumentException(
                    "method, roles and scopes go with 'user'; claims of a token say their own");
        }
        if (jwt != null) {
            claims(jwt);
        }
    }

    /// @param who `customer:u1`, `u1,support`, `consumer:acme`
    public static AskerConfig of(String who) {
        Asker.Assumed said = Asker.Assumed.parse(who);
        return new AskerConfig(
                null, null, null, said.consumer(), said.subject(), said.by(), List.copyOf(said.roles()), List.of());
    }

    Asker asker() {
        if (token != null) {
            return new Asker.Token(token);
        }
        if (key != null) {
            return Asker.Key.parse(key);
        }
        if (consumer != null) {
            return Asker.Assumed.consumer(consumer);
        }
        if (jwt != null) {
            return new Asker.Assumed(null, Form.TOKEN, null, null, Set.of(), Set.of(), claims(jwt));
        }
        return new Asker.Assumed(
                method, null, user, null, new LinkedHashSet<>(roles), new LinkedHashSet<>(scopes), Map.of());
    }

    private static Map<String, Object> claims(JsonText written) {
        JsonNode document = JSON.readTree(written.text());
        if (!document.isObject() || document.isEmpty()) {
            throw new IllegalArgumentException("jwt: expected the claims of a token: { sub: u1, roles: [customer] }");
        }
        Map<String, Object> claims = new TreeMap<>(JSON.convertValue(document, CLAIMS));
        for (String name : MOMENTS) {
            if (claims.get(name) instanceof String moment) {
                claims.put(name, seconds(name, moment));
            }
        }
        return claims;
    }

    private static Long seconds(String name, String moment) {
        try {
            return Instant.parse(moment).getEpochSecond();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "jwt." + name + ": '" + moment + "' is not a moment such as 2026-01-01T00:00:00Z", e);
        }
    }
}
