/// What a plug-in sees of Gatehouse: the exchange and its two heads, the rule that may act on them, and the
/// catalogue of failures. Free of any one protocol and of any library: JDK and JSpecify only.
@NullMarked
package dev.gatehouse.api;

import org.jspecify.annotations.NullMarked;
