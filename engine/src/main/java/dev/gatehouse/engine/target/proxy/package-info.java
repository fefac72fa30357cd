/// The target that asks a service: attempts, deadlines, and the head the service is sent.
@NullMarked
package dev.gatehouse.engine.target.proxy;

import org.jspecify.annotations.NullMarked;
