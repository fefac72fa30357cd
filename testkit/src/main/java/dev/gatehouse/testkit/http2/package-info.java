/// A service that speaks HTTP/2 one frame at a time, as a test tells it: right, wrong, or not at all.
@NullMarked
package dev.gatehouse.testkit.http2;

import org.jspecify.annotations.NullMarked;
