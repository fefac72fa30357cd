/// Turns each `@Settings` record, while it is compiled, into what is read by people and tools: a JSON Schema
/// fragment, a page of the reference, and the list of a module's sections. A record that does not describe itself
/// does not compile.
///
/// ```
/// SettingsProcessor ─▶ SectionReader (mirrors → Section, mistakes) ─▶ JsonSchema · ReferencePage
/// ```
@NullMarked
package dev.gatehouse.schema;

import org.jspecify.annotations.NullMarked;
