/// The services behind the gateway: their instances, and how each is reached.
@NullMarked
package dev.gatehouse.engine.service;

import org.jspecify.annotations.NullMarked;
