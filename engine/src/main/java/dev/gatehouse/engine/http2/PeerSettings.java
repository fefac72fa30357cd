package dev.gatehouse.engine.http2;

/// What the peer has said in its SETTINGS (RFC 9113 §6.5.2), the defaults until then.
final class PeerSettings {
    int headerTable = 4096;
    int maxStreams = Integer.MAX_VALUE;
    int streamWindow = Frame.DEFAULT_WINDOW;
    boolean extendedConnect;

    /// Whether it has sent any, as it has to at once.
    boolean arrived;
}
