/// The target that shares requests out among others.
@NullMarked
package dev.gatehouse.engine.target.split;

import org.jspecify.annotations.NullMarked;
