/// HTTP/2 as clients speak it with the gateway (RFC 9113): down to single frames, and with clients of other makes.
@NullMarked
package dev.gatehouse.it.http2;

import org.jspecify.annotations.NullMarked;
