package dev.gatehouse.engine.config.load;

import java.util.Locale;

/// Whose word a value is; a later one wins.
public enum Layer {
    DEFAULTS,
    SERVICE,
    GROUP,
    ROUTE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
