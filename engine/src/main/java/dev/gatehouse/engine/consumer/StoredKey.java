package dev.gatehouse.engine.consumer;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the store keeps of a key that was made while a gateway ran, under `keys/<sha256>`: one line of JSON. That
/// it was revoked stands beside it, under a name of its own: nobody who writes this anew at the same moment takes
/// that back.
///
/// @param id what people call it
/// @param consumer whose it is
/// @param replacedBy the id of the key that was made in its place
record StoredKey(
        String id,
        String consumer,
        Instant created,
        @Nullable Instant notBefore,
        @Nullable Instant expires,
        @Nullable String replacedBy) {
    static final String KEYS = "keys/";

    /// Where the hash of a key is found by its id.
    static final String IDS = "key_ids/";

    /// Where it stands when a key was revoked, by its hash.
    static final String REVOKED = "revoked_keys/";

    /// @throws IllegalArgumentException for something else than was written here
    static StoredKey of(byte[] octets) {
        StoredJson json = StoredJson.read(octets);
        return new StoredKey(
                json.text("id"),
                json.text("consumer"),
                json.instant("created"),
                json.instantOrNull("not_before"),
                json.instantOrNull("expires"),
                json.textOrNull("replaced_by"));
    }

    /// What stands under [#REVOKED].
    static byte[] revocation(Instant when) {
        return StoredJson.write(Map.of("revoked", when));
    }

    /// The same, read.
    static Instant revoked(byte[] octets) {
        return StoredJson.read(octets).instant("revoked");
    }

    byte[] octets() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", id);
        members.put("consumer", consumer);
        members.put("created", created);
        members.put("not_before", notBefore);
        members.put("expires", expires);
        members.put("replaced_by", replacedBy);
        return StoredJson.write(members);
    }

    /// @param until when it is not taken any more, unless that was sooner anyhow
    StoredKey replaced(String by, Instant until) {
        Instant sooner = expires != null && expires.isBefore(until) ? expires : until;
        return new StoredKey(id, consumer, created, notBefore, sooner, by);
    }
}
