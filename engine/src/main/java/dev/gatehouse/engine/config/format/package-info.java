/// The file as it should be written: same meaning, same comments, one order and one look. `Formatter` writes,
/// `Comments` knows which belong to what.
@NullMarked
package dev.gatehouse.engine.config.format;

import org.jspecify.annotations.NullMarked;
