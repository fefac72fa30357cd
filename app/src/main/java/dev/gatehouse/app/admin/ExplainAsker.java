package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.engine.explain.Asker;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/// Who asks in a POST to `/api/v1/explain`: its keys `as`, `jwt` and `key`, of which there is one at most.
public final class ExplainAsker {
    private static final TypeReference<Map<String, Object>> CLAIMS = new TypeReference<>() {};
    private static final List<String> KEYS = List.of("by", "subject", "consumer", "roles", "scopes", "claims");

    private ExplainAsker() {}

    /// What [#read] understands.
    ///
    /// @param asker null for nobody
    public static Map<String, Object> write(@Nullable Asker asker) {
        Map<String, Object> written = new LinkedHashMap<>();
        switch (asker) {
            case null -> {}
            case Asker.Token(String token) -> written.put("jwt", token);
            case Asker.Key(String entry, String key) -> written.put("key", entry == null ? key : entry + ":" + key);
            case Asker.Assumed who -> {
                Map<String, Object> as = new LinkedHashMap<>();
                as.put("by", who.by());
                as.put("subject", who.subject());
                as.put("consumer", who.consumer());
                as.put("roles", who.roles());
                as.put("scopes", who.scopes());
                as.put("claims", who.claims());
                written.put("as", as);
            }
        }
        return written;
    }

    /// @throws IllegalArgumentException with a sentence for the sender
    static @Nullable Asker read(JsonNode asked) {
        JsonNode as = asked.path("as");
        String jwt = ExplainQuestion.text(asked, "jwt");
        String key = ExplainQuestion.text(asked, "key");
        boolean assumed = !as.isMissingNode() && !as.isNull();
        if ((assumed ? 1 : 0) + (jwt == null ? 0 : 1) + (key == null ? 0 : 1) > 1) {
            throw new IllegalArgumentException("as, jwt, key: one says who asks");
        }
        if (jwt != null) {
            return new Asker.Token(jwt);
        }
        if (key != null) {
            return Asker.Key.parse(key);
        }
        return assumed ? assumed(as) : null;
    }

    private static Asker assumed(JsonNode as) {
        if (as.isString()) {
            return Asker.Assumed.parse(as.stringValue());
        }
        if (!as.isObject()) {
            throw new IllegalArgumentException(
                    "as: " + as + " (expected: a text such as \"customer:u1\", or an object)");
        }
        for (String key : as.propertyNames()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "as: unknown key '" + key + "' (expected: " + String.join(", ", KEYS) + ")");
            }
        }
        JsonNode claims = as.path("claims");
        if (!claims.isMissingNode() && !claims.isNull() && !claims.isObject()) {
            throw new IllegalArgumentException("as.claims: expected an object, such as {\"tenant\": \"t1\"}");
        }
        return new Asker.Assumed(
                ExplainQuestion.text(as, "by"),
                null,
                ExplainQuestion.text(as, "subject"),
                ExplainQuestion.text(as, "consumer"),
                words(as, "roles"),
                words(as, "scopes"),
                claims.isObject() ? ViewJson.MAPPER.convertValue(claims, CLAIMS) : Map.of());
    }

    private static Set<String> words(JsonNode as, String key) {
        Set<String> words = new LinkedHashSet<>();
        JsonNode list = as.path(key);
        if (list.isMissingNode() || list.isNull()) {
            return words;
        }
        if (!list.isArray()) {
            throw new IllegalArgumentException("as." + key + ": expected a list of texts");
        }
        for (JsonNode word : list) {
            if (!word.isString()) {
                throw new IllegalArgumentException("as." + key + ": expected a list of texts");
            }
            words.add(word.stringValue());
        }
        return words;
    }
}
