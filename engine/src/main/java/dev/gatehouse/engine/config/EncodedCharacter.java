package dev.gatehouse.engine.config;

/// An escape in a path that is refused unless a route allows it, since services disagree about what it means.
public enum EncodedCharacter {
    /// `%2f`
    SLASH,
    /// `%5c`
    BACKSLASH
}
