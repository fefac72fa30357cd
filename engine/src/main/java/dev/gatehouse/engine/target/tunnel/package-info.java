/// What follows a 101: another protocol than HTTP, passed on in both directions. WebSockets (RFC 6455) are known a
/// little better than others: their handshake, where their frames begin, and how they end.
@NullMarked
package dev.gatehouse.engine.target.tunnel;

import org.jspecify.annotations.NullMarked;
