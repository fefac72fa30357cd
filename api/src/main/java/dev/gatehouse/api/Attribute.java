package dev.gatehouse.api;

/// A typed place in an exchange where one policy leaves something for itself or for a later one: a constant, compared
/// by identity.
///
/// ```java
/// static final Attribute<Identity> IDENTITY = Attribute.of("identity");
/// ```
///
/// @param <T> what is kept there
@SuppressWarnings("UnusedTypeParameter") // it is there for those who read and write the place
public final class Attribute<T> {
    private final String name;

    private Attribute(String name) {
        this.name = name;
    }

    /// @param name for people who debug
    public static <T> Attribute<T> of(String name) {
        return new Attribute<>(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
