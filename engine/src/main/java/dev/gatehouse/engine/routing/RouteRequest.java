package dev.gatehouse.engine.routing;

import dev.gatehouse.api.HeaderName;
import java.net.InetAddress;

/// What routing asks of a request: slices `[start, end)` of one array, so that a match makes no object. Implemented
/// over the parsed head on the data path, and by [SampleRequest] everywhere else. Read on one thread, during the
/// match.
public interface RouteRequest {
    /// The array all slices lie in. Never written to.
    byte[] octets();

    /// The method, letters in their case. For a CORS preflight the caller may give the method it asks about.
    int methodStart();

    int methodEnd();

    /// The host with its optional port, in any case; empty when the request has none.
    int hostStart();

    int hostEnd();

    /// The path in its one normal form: escapes of unreserved characters decoded, no dot segments, no `//`. Starts
    /// with `/`, or is `*`.
    int pathStart();

    int pathEnd();

    /// The query as it was sent, without its `?`; empty when there is none.
    int queryStart();

    int queryEnd();

    /// The first field of this name at or after field `from`, or -1. A field that is not forwarded (a claim of an
    /// untrusted client) is not there.
    int find(HeaderName name, int from);

    /// The value of the field that [#find] found, without the white space around it.
    int valueStart(int field);

    int valueEnd(int field);

    /// Where the request comes from: the right-most address on its way that is not a trusted proxy.
    InetAddress clientAddress();
}
