/// The text of configuration files and what stands where in it: the node tree every later step reads, so that each
/// message can point at the place the user wrote.
@NullMarked
package dev.gatehouse.engine.config.source;

import org.jspecify.annotations.NullMarked;
