package dev.gatehouse.api.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the policies of one slot from what the user wrote. Found by [java.util.ServiceLoader]: a key of a route
/// that is not the route's own is looked up among the factories, so a new policy is written in no list. Where a
/// module is compiled with the processor of the `schema` module, a public class with a public constructor without
/// parameters is all it takes.
///
/// Two keys are legal in the settings of every policy, and not its own: `extends` and `shadow` ([Mode#SHADOW]).
///
/// @param <C> the settings, a record with [dev.gatehouse.api.config.Settings]
public interface PolicyFactory<C extends Record> {
    /// The slot: the key on a route, and the section under `policies` where named settings stand. In
    /// `snake_case`.
    String name();

    /// The settings: a section that is called like the slot.
    Class<C> configType();

    /// Called once per route that uses the setting, when a configuration is compiled: opens nothing.
    ///
    /// @throws IllegalArgumentException for settings that make no sense, with a sentence for the user; one that
    ///     begins with `key: ` is shown at that key
    List<Staged> create(C config, PolicyContext context);

    /// Policies that stand on every route, whether it uses the slot or not. Asked once for each configuration that
    /// has routes, before the first of them is compiled: what is the same for all is found out here.
    ///
    /// @return null when there is nothing to stand there
    /// @throws IllegalArgumentException when a section of the file makes no sense, with a sentence for the
    ///     user; one that begins with a path (`security.authorization…: `) is shown there
    default @Nullable Everywhere everywhere(FileContext file) {
        return null;
    }

    /// Where the words are defined that stand in the slot, when it is not `policies.<slot>`: for `auth` that is
    /// `security.authentication`. Such a word is given to `of(String)` of the settings as it is.
    default @Nullable String namesIn() {
        return null;
    }
}
