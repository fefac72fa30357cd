/// Where clients come in: listening sockets, and one handler per connection that turns octets into exchanges.
@NullMarked
package dev.gatehouse.engine.listener;

import org.jspecify.annotations.NullMarked;
