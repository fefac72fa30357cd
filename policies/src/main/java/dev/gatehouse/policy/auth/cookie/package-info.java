/// Cookies of the gateway's own: read, written, and sealed so that nobody else can read or make them.
@NullMarked
package dev.gatehouse.policy.auth.cookie;

import org.jspecify.annotations.NullMarked;
