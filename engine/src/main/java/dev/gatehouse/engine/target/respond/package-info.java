/// The target that answers by itself: fixed pages, refusals, mocks.
@NullMarked
package dev.gatehouse.engine.target.respond;

import org.jspecify.annotations.NullMarked;
