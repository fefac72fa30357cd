/// The whole file as one JSON Schema, for editors: put together from the pieces the records were compiled into.
@NullMarked
package dev.gatehouse.engine.config.schema;

import org.jspecify.annotations.NullMarked;
