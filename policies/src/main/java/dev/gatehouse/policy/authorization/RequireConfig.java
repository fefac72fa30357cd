package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;

/// What the user writes in the slot `require`: a condition, or several.
@Settings(name = "require", value = "What has to hold for a request, by conditions such as role:admin.")
public record RequireConfig(
        @Setting("Conditions of which one is enough: [ \"jwt.sub == path.userId\", \"role:support\" ].")
        List<String> any,

        @Setting("Conditions that all have to hold; beside any, both have to be met.")
        List<String> all) {
    public RequireConfig {
        any = List.copyOf(any);
        all = List.copyOf(all);
        if (any.isEmpty() && all.isEmpty()) {
            throw new IllegalArgumentException("needs a condition, such as role:admin, or 'any' or 'all' with several");
        }
    }

    public static RequireConfig of(String condition) {
        return new RequireConfig(List.of(), List.of(condition));
    }
}
