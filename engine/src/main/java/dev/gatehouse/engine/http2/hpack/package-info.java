/// Header compression of HTTP/2 (RFC 7541), on octets: a field that comes in is told as slices of whatever
/// holds it, a field that goes out is written from slices. No object per field.
@NullMarked
package dev.gatehouse.engine.http2.hpack;

import org.jspecify.annotations.NullMarked;
