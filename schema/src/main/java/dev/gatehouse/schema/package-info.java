/// Turns each `@Settings` record, while it is compiled, into what is read by people and tools: a JSON Schema
/// fragment, a page of the reference, and the list of a module's sections. A record that does not describe itself
/// does not compile. Lists the classes by which a module adds to a gateway where the gateway looks for them.
///
/// ```
/// SettingsProcessor ─▶ SectionReader (mirrors → Section, mistakes) ─▶ JsonSchema · ReferencePage
///                   └▶ ServiceFiles
/// ```
@NullMarked
package dev.gatehouse.schema;

import org.jspecify.annotations.NullMarked;
