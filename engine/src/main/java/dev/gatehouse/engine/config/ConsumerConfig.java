package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.identity.AddressRules;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Somebody who is known by name, whatever credential it shows.
@Settings(name = "consumer", value = "Somebody who is known by name, whatever credential it shows.")
public record ConsumerConfig(
        @Setting("What it has bought: a name under 'plans'.") @Nullable
        String plan,

        @Setting("Whom to write to about it; shown to operators only.") @Nullable
        String contact,

        @Setting("What it belongs to, for rules that ask for a group.")
        List<String> groups,

        @Setting("What it may do, for rules that ask for a role; beside the roles its credential says.")
        List<String> roles,

        @Setting("Its API keys; several hold at the same time, so that one can be replaced without a gap.")
        List<KeyConfig> keys,

        @Setting("From where it may call.") @Nullable AddressRulesConfig ipRules) {
    /// What a consumer may be called: it stands in fields, logs and labels.
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}");

    public ConsumerConfig {
        groups = List.copyOf(groups);
        roles = List.copyOf(roles);
        keys = List.copyOf(keys);
    }

    /// From where it may call.
    public AddressRules addresses() {
        return ipRules == null ? AddressRules.NONE : ipRules.rules();
    }
}
