/// The target that passes connections on: an instance is chosen for each, and from then on octets go both ways.
@NullMarked
package dev.gatehouse.engine.target.tcp;

import org.jspecify.annotations.NullMarked;
