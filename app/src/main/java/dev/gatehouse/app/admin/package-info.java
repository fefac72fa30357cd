/// The admin API: what runs, how it is, and the few things a person may change while it runs. One class per
/// resource.
///
/// ```
/// AdminServer ─► Router: which resource? ─► Admission: who? ─► Operation: may they? ─► RunningGateway
/// ```
///
/// It is a server of its own, on its own port and its own (virtual) threads, made of the JDK's HTTP server
/// instead of the gateway's listeners: an event loop that is stuck, or a data port that is full, must not hide
/// the answer to "how are you?". So no path of a data port ever leads here either.
///
/// On a loopback address no token is needed, but a request must name a loopback host and, when it comes from a
/// web page, come from this server's own: a page elsewhere whose name was made to point at 127.0.0.1 gets
/// nothing. On any other address everything but the health probes needs a bearer token: the one that opens everything,
/// or a named one with the scope the operation asks for. Other origins are never let in (no CORS).
@NullMarked
package dev.gatehouse.app.admin;

import org.jspecify.annotations.NullMarked;
