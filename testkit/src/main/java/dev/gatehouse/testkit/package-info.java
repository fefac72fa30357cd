/// What tests of the gateway, and of plug-ins for it, are made of: a scripted service, a raw client, real servers
/// as child processes, and a check that a test left nothing behind. Everything uses real sockets on 127.0.0.1.
@NullMarked
package dev.gatehouse.testkit;

import org.jspecify.annotations.NullMarked;
