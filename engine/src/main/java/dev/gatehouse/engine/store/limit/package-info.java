/// The arithmetic of limits, and the table of those who are counted. What one key has used is a [Bucket]: it takes the
/// time as a number and knows no threads; [LimitTable] keeps many of them in bounded memory and makes one decision of
/// several.
@NullMarked
package dev.gatehouse.engine.store.limit;

import org.jspecify.annotations.NullMarked;
