package dev.gatehouse.policy.auth.basic;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.limit.Rate;
import org.jspecify.annotations.Nullable;

/// What the user writes under `attempts`.
@Settings(
        name = "authentication.basic.attempts",
        value = "How many passwords are checked; what was right a moment ago is remembered and does not count.")
public record AttemptsConfig(
        @Setting("Checks for one user name, such as 10/min, which is the default; unlimited for no limit.") @Nullable
        Rate perUser,

        @Setting("Checks from one client address, or one /64 of IPv6; 60/min when left out, unlimited for no limit.")
        @Nullable
        Rate perAddress,

        @Setting("Store in which attempts are counted; left out, the first of stores, or the gateway's memory.")
        @Nullable
        String store) {
    static final AttemptsConfig DEFAULT = new AttemptsConfig(null, null, null);
    private static final Rate PER_USER = Rate.of("10/min");
    private static final Rate PER_ADDRESS = Rate.of("60/min");

    Rate userRate() {
        return perUser == null ? PER_USER : perUser;
    }

    Rate addressRate() {
        return perAddress == null ? PER_ADDRESS : perAddress;
    }
}
