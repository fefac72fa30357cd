/// Where in a request credentials are, as the ways to authenticate share it.
@NullMarked
package dev.gatehouse.policy.auth.place;

import org.jspecify.annotations.NullMarked;
