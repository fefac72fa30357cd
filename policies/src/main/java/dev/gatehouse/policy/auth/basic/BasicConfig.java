package dev.gatehouse.policy.auth.basic;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the user writes under `security.authentication` with `type: basic`.
@Settings(
        name = "authentication.basic",
        value = "A user name and a password in every request (RFC 7617). Only over TLS: they are not encrypted.")
public record BasicConfig(
        @Setting("Users, by the name they sign in with.") Map<String, BasicUserConfig> users,

        @Setting("File with a user and a bcrypt hash per line, as htpasswd -B writes it.") @Nullable
        FileContent htpasswd,

        @Setting(value = "What browsers show when they ask for the password.", byDefault = "gateway")
        String realm,

        @Setting(
                value = "Time for which a password that was right is not checked again; 0s checks it every time.",
                byDefault = "1m",
                max = "1h")
        Duration remember,

        @Setting("How often passwords may be tried.") @Nullable
        AttemptsConfig attempts,

        @Setting(value = "Whether the service is sent the credentials too.", byDefault = "false")
        boolean keep) {
    public BasicConfig {
        users = Map.copyOf(users);
        if (users.isEmpty() && htpasswd == null) {
            throw new IllegalArgumentException("knows nobody (expected: 'users' or 'htpasswd')");
        }
        for (String user : users.keySet()) {
            if (user.isEmpty() || user.indexOf(':') >= 0 || user.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "users: '" + user + "' is no user name: it is not empty and has no colon (RFC 7617 §2)");
            }
        }
        if (realm.chars().anyMatch(c -> c < 0x20 || c > 0x7e || c == '"' || c == '\\')) {
            throw new IllegalArgumentException("realm: plain characters without quotes are expected");
        }
    }

    AttemptsConfig limits() {
        return attempts == null ? AttemptsConfig.DEFAULT : attempts;
    }
}
