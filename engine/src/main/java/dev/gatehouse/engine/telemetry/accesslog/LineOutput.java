package dev.gatehouse.engine.telemetry.accesslog;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Where lines end up. Used by the writer's thread; [#close] may come from another one, to end a call that hangs.
///
/// What fails is tried again: after an [IOException] the next [#write] begins where this one stopped, and opens
/// what it needs again.
interface LineOutput extends AutoCloseable {
    /// Writes whole lines, each with its end. What was written is taken from the buffer, also when it fails.
    void write(ByteBuffer lines) throws IOException;

    /// Called about once a second: is what is open still what is meant?
    default void look() throws IOException {}

    /// As messages call it: `the file /var/log/x.log`.
    @Override
    String toString();

    @Override
    void close();
}
