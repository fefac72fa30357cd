package dev.gatehouse.policy.ratelimit.quota;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.state.OnStoreDown;
import dev.gatehouse.policy.ratelimit.CallerKey;
import dev.gatehouse.policy.ratelimit.FieldStyle;
import dev.gatehouse.policy.ratelimit.TimeZoneName;
import org.jspecify.annotations.Nullable;

/// What the user writes in the slot `quota`.
@Settings(name = "quota", value = "Lets so many requests through in an hour, day, week or month of the calendar.")
public record QuotaConfig(
        @Setting("Whose requests are counted together, as for rate_limit. Without it consumer.") @Nullable
        CallerKey per,

        @Setting("How many per hour, day, week or month, such as 10_000/month; weeks begin on Monday.")
        QuotaAmount limit,

        @Setting("Where days and months begin, such as Europe/Berlin; without it UTC.") @Nullable
        TimeZoneName timeZone,

        @Setting(value = "How many of the quota a request takes.", byDefault = "1", min = "1")
        int cost,

        @Setting("Where it is counted: a name under stores, or memory, which forgets with a restart. Without it the"
                + " first of stores, or memory.")
        @Nullable
        String store,

        @Setting("While the store is down: local_share, open or closed. Without it as the store says.") @Nullable
        OnStoreDown onStoreDown,

        @Setting(value = "The fields that tell what is left: all, x-ratelimit, ietf or none.", byDefault = "all")
        FieldStyle headers) {
    public QuotaConfig {
        if (cost > limit.rate().count()) {
            throw new IllegalArgumentException("cost: " + cost + " (expected: at most the limit)");
        }
    }
}
