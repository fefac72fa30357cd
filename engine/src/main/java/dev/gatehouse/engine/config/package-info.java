/// What the user asks for, as records. A record refuses nonsense when it is made, so nobody behind it checks again;
/// `equals` tells what changed.
@NullMarked
package dev.gatehouse.engine.config;

import org.jspecify.annotations.NullMarked;
