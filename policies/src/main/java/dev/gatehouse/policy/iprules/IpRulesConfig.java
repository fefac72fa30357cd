package dev.gatehouse.policy.iprules;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;

/// What the user writes in the slot `ip_rules`.
@Settings(name = "ip_rules", value = "Lets clients in, or keeps them out, by their address.")
public record IpRulesConfig(
        @Setting("Addresses and ranges that may come in, such as 10.0.0.0/8; nobody else may. Empty: everybody may.")
        List<AddressRange> allow,

        @Setting("Addresses and ranges that may not come in, even where allow says so.")
        List<AddressRange> deny) {
    public IpRulesConfig {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        if (allow.isEmpty() && deny.isEmpty()) {
            throw new IllegalArgumentException("a rule about addresses needs 'allow' or 'deny'");
        }
    }
}
