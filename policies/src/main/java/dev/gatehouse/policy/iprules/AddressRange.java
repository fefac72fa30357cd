package dev.gatehouse.policy.iprules;

import dev.gatehouse.api.Cidr;

/// A range as the user writes it, so that one that is none is refused where it stands.
public record AddressRange(Cidr range) {
    public static AddressRange of(String text) {
        return new AddressRange(Cidr.of(text));
    }
}
