package dev.gatehouse.schema;

import java.util.List;
import java.util.stream.Stream;

/// A section of the configuration file, as its record describes it; without mistakes.
///
/// @param forms how it may be written in short, without keys
/// @param slot whether it stands in a slot of routes: the settings of a policy
record Section(String name, String sentence, List<Key> keys, List<ValueType> forms, boolean slot) {

    /// What every policy understands beside its own keys; the loader sees to them.
    private static final List<Key> OF_SLOTS = List.of(
            new Key(
                    "extends",
                    "A name in the same slot: its settings hold where these say nothing else.",
                    new ValueType.Text(),
                    false,
                    "",
                    "",
                    ""),
            new Key(
                    "shadow",
                    "Decides and tells what it would have done, without doing it: to try a rule with real requests.",
                    new ValueType.Flag(),
                    false,
                    "false",
                    "",
                    ""));

    /// All that may be written.
    List<Key> allKeys() {
        return slot ? Stream.concat(keys.stream(), OF_SLOTS.stream()).toList() : keys;
    }

    /// Whether a record of a policy calls a key of its own so.
    static boolean isOfSlots(String key) {
        return OF_SLOTS.stream().anyMatch(one -> one.name().equals(key));
    }

    /// One key of it. `byDefault`, `min` and `max` are as the user would write them, empty when there is none.
    record Key(
            String name, String meaning, ValueType type, boolean required, String byDefault, String min, String max) {

        /// A word that may stand instead of the value, because it is the default: `auto` for a number, `none` for a
        /// list. Empty when there is none.
        String word() {
            boolean isWord = switch (type) {
                case ValueType.Whole _, ValueType.Size _, ValueType.Time _ -> byDefault.matches("[a-z][a-z_]*");
                case ValueType.Several _ -> byDefault.equals("none");
                default -> false;
            };
            return isWord ? byDefault : "";
        }
    }
}
