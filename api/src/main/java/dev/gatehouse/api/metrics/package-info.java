/// What policies count.
@NullMarked
package dev.gatehouse.api.metrics;

import org.jspecify.annotations.NullMarked;
