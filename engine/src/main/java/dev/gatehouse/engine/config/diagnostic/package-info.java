/// Mistakes in configuration: found one by one, reported together, with place, reason and help, like a good compiler
/// does. `Code` is the catalogue; the reports are text for people, JSON for tools, annotations for pull requests.
@NullMarked
package dev.gatehouse.engine.config.diagnostic;

import org.jspecify.annotations.NullMarked;
