package dev.gatehouse.api.template;

import org.jspecify.annotations.Nullable;

/// What a template may ask about one exchange. Used on the exchange's event loop, while the exchange lasts.
@FunctionalInterface
public interface Facts {
    /// The value in plain characters: not encoded for any place, octets of the head read as UTF-8.
    ///
    /// @return null when this exchange has no such value
    @Nullable
    CharSequence value(Reference reference);
}
