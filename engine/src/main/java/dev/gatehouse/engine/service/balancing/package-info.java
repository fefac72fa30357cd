/// Whose turn it is: arithmetic over the instances a request may go to. No sockets, no clocks; chance is passed in.
@NullMarked
package dev.gatehouse.engine.service.balancing;

import org.jspecify.annotations.NullMarked;
