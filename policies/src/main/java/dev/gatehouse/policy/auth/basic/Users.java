package dev.gatehouse.policy.auth.basic;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.identity.Identity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may sign in: those of the settings and those of the htpasswd file. Immutable.
final class Users {
    private final Map<String, User> byName;

    /// @param identity without its consumer
    /// @param consumer whose it is; null for nobody's
    record User(
            PasswordHash hash, Identity identity, @Nullable String consumer) {}

    private Users(Map<String, User> byName) {
        this.byName = byName;
    }

    /// @param method the authenticator's name
    /// @throws IllegalArgumentException with a sentence for the user
    static Users of(BasicConfig config, String method) {
        FileContent file = config.htpasswd();
        Map<String, PasswordHash> ofFile = file == null ? Map.of() : htpasswd(file);
        Map<String, User> users = new LinkedHashMap<>();
        config.users().forEach((name, written) -> {
            PasswordHash hash = ofFile.get(name);
            if (written.password() != null && hash != null) {
                throw new IllegalArgumentException("users." + name + ": has a password in '" + file + "' too");
            }
            if (written.password() == null && hash == null) {
                throw new IllegalArgumentException("users." + name + ": has no password");
            }
            PasswordHash used = hash == null ? PasswordHash.of(String.valueOf(written.password())) : hash;
            users.put(name, user(method, name, used, written.roles(), written.consumer()));
        });
        ofFile.forEach((name, hash) -> users.putIfAbsent(name, user(method, name, hash, List.of(), null)));
        return new Users(users);
    }

    private static User user(
            String method, String name, PasswordHash hash, List<String> roles, @Nullable String consumer) {
        Identity identity = new Identity(method, name, null, null, Set.copyOf(roles), Set.of(), Map.of());
        return new User(hash, identity, consumer);
    }

    private static Map<String, PasswordHash> htpasswd(FileContent file) {
        Map<String, PasswordHash> hashes = new LinkedHashMap<>();
        int number = 0;
        for (String line : file.text().split("\\R", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String place = "htpasswd: line " + number + " of '" + file + "' ";
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException(place + "is no user and hash with a colon between them");
            }
            PasswordHash hash;
            try {
                hash = PasswordHash.of(line.substring(colon + 1).strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        place + "has another hash than bcrypt: write it with htpasswd -B", e);
            }
            if (!hash.isBcrypt()) {
                throw new IllegalArgumentException(place + "has another hash than bcrypt: write it with htpasswd -B");
            }
            if (hashes.put(line.substring(0, colon), hash) != null) {
                throw new IllegalArgumentException(place + "has a user who is there already");
            }
        }
        if (hashes.isEmpty()) {
            throw new IllegalArgumentException("htpasswd: '" + file + "' has no user");
        }
        return hashes;
    }

    @Nullable
    User named(String name) {
        return byName.get(name);
    }

    /// What the password of somebody unknown is checked against, so that it takes as long.
    PasswordHash decoy() {
        return byName.values().iterator().next().hash();
    }
}
