/// What a plug-in sees of Gatehouse: the exchange with its two heads, what may be decided of it, and the
/// catalogue of failures. Free of any one protocol and of any library: JDK and JSpecify only.
@NullMarked
package dev.gatehouse.api;

import org.jspecify.annotations.NullMarked;
