/// What policies remember between exchanges.
@NullMarked
package dev.gatehouse.api.state;

import org.jspecify.annotations.NullMarked;
