package dev.gatehouse.engine.consumer;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the store keeps of a consumer that was made while a gateway ran, under `consumers/<name>`: one line of JSON.
///
/// @param plan by its name in the file; null for none
/// @param contact whom to write to; for operators
public record StoredConsumer(
        String name,
        @Nullable String plan,
        @Nullable String contact,
        List<String> groups,
        List<String> roles,
        Instant created) {
    static final String CONSUMERS = "consumers/";

    public StoredConsumer {
        groups = List.copyOf(groups);
        roles = List.copyOf(roles);
    }

    /// @throws IllegalArgumentException for something else than was written here
    static StoredConsumer of(byte[] octets) {
        StoredJson json = StoredJson.read(octets);
        return new StoredConsumer(
                json.text("name"),
                json.textOrNull("plan"),
                json.textOrNull("contact"),
                json.texts("groups"),
                json.texts("roles"),
                json.instant("created"));
    }

    byte[] octets() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("plan", plan);
        members.put("contact", contact);
        members.put("groups", groups);
        members.put("roles", roles);
        members.put("created", created);
        return StoredJson.write(members);
    }
}
