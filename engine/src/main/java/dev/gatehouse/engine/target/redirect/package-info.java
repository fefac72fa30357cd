/// The target that sends clients to another address.
@NullMarked
package dev.gatehouse.engine.target.redirect;

import org.jspecify.annotations.NullMarked;
