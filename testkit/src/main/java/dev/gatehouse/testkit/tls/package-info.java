/// A certificate authority for tests: makes certificates of every kind, good and bad, in memory and in a moment. What
/// it makes is for tests alone.
@NullMarked
package dev.gatehouse.testkit.tls;

import org.jspecify.annotations.NullMarked;
