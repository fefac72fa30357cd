/// How often: rates as people write them, and what a limit says of one more request.
@NullMarked
package dev.gatehouse.api.limit;

import org.jspecify.annotations.NullMarked;
