package dev.gatehouse.schema;

import java.util.List;

/// A section of the configuration file, as its record describes it; without mistakes.
record Section(String name, String sentence, List<Key> keys) {

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
