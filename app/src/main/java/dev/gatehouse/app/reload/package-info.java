/// A changed file becomes a changed gateway, or a message and nothing else.
@NullMarked
package dev.gatehouse.app.reload;

import org.jspecify.annotations.NullMarked;
