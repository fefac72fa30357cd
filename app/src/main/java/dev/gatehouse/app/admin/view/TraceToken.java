package dev.gatehouse.app.admin.view;

import java.time.Instant;

/// With this field in a request, all that happens to it is written down.
///
/// @param header its name
/// @param token its value
/// @param until when it ends; and not after the gateway does
public record TraceToken(String header, String token, Instant until) {
    public static final String HEADER = "Gatehouse-Trace";
}
