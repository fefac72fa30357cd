/// HTTP/1.1 on bytes (RFC 9112): heads as slices of one array, body framing, and the writer of heads.
///
/// A head is copied once from the socket's buffer into an array that is used again by the next exchange, and parsed
/// there into offsets: no String, no map, no object per field. The same slices are how every later protocol hands a
/// head to the data path, so whoever reads a head never asks which version brought it.
///
/// Strict wherever leniency lets two parsers disagree about where a message ends or whom it is for: such input is
/// refused with a [HeadFault], never repaired.
@NullMarked
package dev.gatehouse.http1;

import org.jspecify.annotations.NullMarked;
