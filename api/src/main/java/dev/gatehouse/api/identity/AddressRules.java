package dev.gatehouse.api.identity;

import dev.gatehouse.api.Cidr;
import java.util.List;

/// From where a consumer may call. A denied address stays out, whatever is allowed; where something is allowed,
/// everything else is not.
public record AddressRules(List<Cidr> allow, List<Cidr> deny) {
    /// From everywhere.
    public static final AddressRules NONE = new AddressRules(List.of(), List.of());

    public AddressRules {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
