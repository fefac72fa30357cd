/// Who calls: consumers and plans, those of the file and those that were made while the gateway runs, and whose API
/// keys are whose. Keys are kept as their SHA-256 only, in the file and in the store.
@NullMarked
package dev.gatehouse.engine.consumer;

import org.jspecify.annotations.NullMarked;
