/// The slot `headers`: changes the fields of requests and answers, with values from templates. Not for fields that
/// frame or address a message, which the gateway alone writes, and not for forwarding (`X-Forwarded-…`), which it
/// does by itself. Works outermost on answers, so that refusals and cached answers are changed too, and innermost
/// on requests, so that what other policies found out can be sent on.
@NullMarked
package dev.gatehouse.policy.headers;

import org.jspecify.annotations.NullMarked;
