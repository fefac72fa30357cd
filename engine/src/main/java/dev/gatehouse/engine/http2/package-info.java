/// HTTP/2 (RFC 9113), whichever side we are: frames, streams, windows, header lists. A header list becomes the
/// octets of an HTTP/1.1 head and is read by the same parser, so that the rest of the gateway knows one kind
/// of head; and what it makes of a request never depends on the version it came in.
///
/// ```
/// socket ─► FrameReader ─► Incoming ─┬─► HeaderList ─► Http2Stream.onHead
///                                    └─► Http2Stream.onData, onEnd, onReset
/// socket ◄─ FrameWriter ◄─ Outgoing ◄─── Http2Stream.sendData … ◄─ HeaderListWriter
/// ```
///
/// Everything belongs to one connection and runs on its event loop.
@NullMarked
package dev.gatehouse.engine.http2;

import org.jspecify.annotations.NullMarked;
