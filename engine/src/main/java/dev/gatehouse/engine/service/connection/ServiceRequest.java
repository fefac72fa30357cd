package dev.gatehouse.engine.service.connection;

import dev.gatehouse.http1.FieldSource;
import dev.gatehouse.http1.HeadWriter;
import org.jspecify.annotations.Nullable;

/// A request that is to be sent, as its call knows it: written as the version of HTTP wants it that the connection
/// speaks. Asked within [ServiceConnection#begin] only, once for each attempt.
public interface ServiceRequest extends FieldSource {
    /// Writes all of an HTTP/1.1 head (RFC 9112 §3), those fields included that concern the connection.
    void writeHead(HeadWriter head);

    void writeMethod(HeadWriter out);

    /// Writes path and query.
    void writeTarget(HeadWriter out);

    /// Writes whom it is addressed to: what HTTP/1.1 has as Host.
    void writeAuthority(HeadWriter out);

    /// Whether the method is HEAD, whose answer has no body.
    boolean isHead();

    /// Whether a body follows.
    boolean hasBody();

    /// Whether that body's length is not known, so that HTTP/1.1 sends it in chunks.
    boolean isChunked();

    /// The protocol it asks for on this connection, in lower case (RFC 9110 §7.8); null for most.
    @Nullable
    String upgrade();
}
