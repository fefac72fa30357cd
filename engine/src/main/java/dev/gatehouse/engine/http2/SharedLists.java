package dev.gatehouse.engine.http2;

/// Where the sessions of one event loop put header lists down, one at a time.
public final class SharedLists {
    final RequestList requests = new RequestList();
    final ResponseList responses = new ResponseList();
    final TrailerList trailers = new TrailerList();

    /// A header block in one piece.
    byte[] block = new byte[Frame.MAX_PAYLOAD];
}
