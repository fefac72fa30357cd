package dev.gatehouse.engine.config.decode;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known about keys beyond the records of this version.
public interface Vocabulary {
    /// Keys of a section that come with a later version.
    ///
    /// @param section the name in its record's `@Settings`
    Set<String> later(String section);

    /// Words people bring from elsewhere, with the key of this section that means the same; in plain spelling,
    /// lower case without `_` and `-`.
    Map<String, String> synonyms(String section);

    /// Where else a key may stand, as an end of the sentence "it belongs …"; null when nowhere.
    @Nullable
    String home(String key);

    /// Where exactly a key that is in the wrong place could be moved to, as an end of "move it to  …"; null when
    /// that is not known.
    ///
    /// @param section where it stands
    /// @param path of the section
    default @Nullable String destination(String section, String key, NodePath path) {
        return null;
    }

    /// What a section is called after "in": `a service`.
    String noun(String section);
}
