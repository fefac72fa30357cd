package dev.gatehouse.api.template;

/// A piece of a template, in the order they are written.
public sealed interface TemplatePart {
    /// Text that stands as it is, its `{{` and `}}` already read.
    record Literal(String text) implements TemplatePart {}

    /// A place that is filled for each request.
    ///
    /// @param offset where its name starts in the template's text
    record Place(Reference reference, int offset) implements TemplatePart {}
}
