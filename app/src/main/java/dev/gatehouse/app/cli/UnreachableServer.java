package dev.gatehouse.app.cli;

import java.io.IOException;

/// No gateway answers where one was looked for; its message is a sentence for the user. Exit code 69.
final class UnreachableServer extends IOException {
    private static final long serialVersionUID = 1;

    UnreachableServer(String message, Throwable cause) {
        super(message, cause);
    }
}
