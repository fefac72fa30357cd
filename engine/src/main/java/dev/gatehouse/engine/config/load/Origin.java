package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.source.Span;

/// Where a value of a route comes from: a line of `explain --config`. What is in no origin is built-in.
///
/// @param key `timeout.request`, `cache`
/// @param written as it stands in the file, placeholders not filled in, on one line
/// @param span where the value stands
public record Origin(String key, String written, Span span, Layer layer) {}
