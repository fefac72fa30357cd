package dev.gatehouse.engine.config;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.identity.AddressRules;
import java.util.List;

/// From where a consumer may call.
@Settings(name = "consumer.ip_rules", value = "From where a consumer may call.")
public record AddressRulesConfig(
        @Setting(
                "Addresses and ranges it may call from, such as 10.0.0.0/8; from nowhere else. Empty: from everywhere.")
        List<String> allow,

        @Setting("Addresses and ranges it may not call from, even where allow says so.")
        List<String> deny) {
    public AddressRulesConfig {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        allow.forEach(range -> Check.range("allow", range));
        deny.forEach(range -> Check.range("deny", range));
        if (allow.isEmpty() && deny.isEmpty()) {
            throw new IllegalArgumentException("a rule about addresses needs 'allow' or 'deny'");
        }
    }

    public AddressRules rules() {
        return new AddressRules(
                allow.stream().map(Cidr::of).toList(),
                deny.stream().map(Cidr::of).toList());
    }
}
