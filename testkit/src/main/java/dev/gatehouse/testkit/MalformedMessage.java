package dev.gatehouse.testkit;

import java.io.IOException;

/// The other side sent something that is not HTTP/1.1 as RFC 9112 writes it.
final class MalformedMessage extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedMessage(String message) {
        super(message);
    }
}
