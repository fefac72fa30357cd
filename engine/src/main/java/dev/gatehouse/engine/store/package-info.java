/// What policies remember between exchanges: states by name, and the store in memory.
@NullMarked
package dev.gatehouse.engine.store;

import org.jspecify.annotations.NullMarked;
