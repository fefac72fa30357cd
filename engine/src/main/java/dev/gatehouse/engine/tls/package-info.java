/// Key material, and what is spoken in handshakes: with clients ([ServerTls]) and with services. Loaded when a
/// configuration is compiled, without a socket; what cannot be used refuses the configuration.
@NullMarked
package dev.gatehouse.engine.tls;

import org.jspecify.annotations.NullMarked;
