/// Connections to services: opened, pooled per event loop, and spoken to in HTTP/1.1.
@NullMarked
package dev.gatehouse.engine.service.connection;

import org.jspecify.annotations.NullMarked;
