/// gRPC on the wire, as far as the gateway has a word in it: kinds of bodies, time limits, statuses, messages
/// framed by their length, what gRPC-Web makes of them, and the questions of `grpc.health.v1`. Octets in, octets
/// out: it knows no connection and no exchange.
@NullMarked
package dev.gatehouse.engine.grpc;

import org.jspecify.annotations.NullMarked;
