package dev.gatehouse.api.identity;

/// Makes authenticators of one type from what the user wrote under `security.authentication`. Found by
/// [java.util.ServiceLoader], like a [dev.gatehouse.api.policy.PolicyFactory].
///
/// @param <C> the settings, a record with [dev.gatehouse.api.config.Settings] called `authentication.<type>`; the key
///     `type` is not its own
public interface AuthenticatorFactory<C extends Record> {
    /// What the user writes as `type`, and the name of an entry that says no type. In `snake_case`.
    String type();

    Class<C> configType();

    /// Called once per entry when a configuration is compiled: opens nothing.
    ///
    /// @throws IllegalArgumentException for settings that make no sense, with a sentence for the user; one that
    ///     begins with `key: ` is shown at that key
    Authenticator create(C config, AuthenticatorContext context);
}
