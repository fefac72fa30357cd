package dev.gatehouse.api.template;

import java.util.List;

/// A place of a template that can never be filled.
///
/// @param offset where its name starts in the text, from 0
/// @param length how long its name is
/// @param name what was written
/// @param message one sentence for the user
/// @param known what could have been meant, in alphabetical order: for a suggestion
public record TemplateProblem(int offset, int length, String name, String message, List<String> known) {
    public TemplateProblem {
        known = List.copyOf(known);
    }
}
