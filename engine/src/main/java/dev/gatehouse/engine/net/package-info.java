/// What everything runs on: transports, event loops, deadlines, identities of exchanges, addresses.
@NullMarked
package dev.gatehouse.engine.net;

import org.jspecify.annotations.NullMarked;
