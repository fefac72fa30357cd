package dev.gatehouse.engine.target.tunnel;

import dev.gatehouse.engine.config.WebSocketConfig;

/// What the frames of a WebSocket are held to, where they are inspected.
///
/// @param maxFrame octets of one frame's payload
/// @param maxMessage octets of all frames of a message together
/// @param maxRate frames one side may send in a second; 0 means no limit
/// @param extended whether an extension was agreed on: reserved bits are its business then
record FrameRules(long maxFrame, long maxMessage, int maxRate, boolean extended) {
    static FrameRules of(WebSocketConfig config, boolean extended) {
        return new FrameRules(
                config.maxFrame() == 0 ? Long.MAX_VALUE : config.maxFrame(),
                config.maxMessage() == 0 ? Long.MAX_VALUE : config.maxMessage(),
                config.maxRate(),
                extended);
    }
}
