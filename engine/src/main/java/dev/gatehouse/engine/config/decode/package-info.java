/// Nodes into records, by what the records say of themselves with `@Settings` and `@Setting`: units, bounds, defaults,
/// suggestions for misspelt keys. Placeholders are filled in here, after parsing, so no value can inject YAML.
///
/// ```
/// Decoder ─▶ RecordShape · Shape (what a record's components may be)
///    ├─▶ UnknownKeys ─▶ Suggestions
///    └─▶ Placeholders (${env:…}, ${file:…})
/// ```
@NullMarked
package dev.gatehouse.engine.config.decode;

import org.jspecify.annotations.NullMarked;
