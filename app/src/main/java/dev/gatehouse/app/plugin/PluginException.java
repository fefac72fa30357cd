package dev.gatehouse.app.plugin;

/// A plug-in that cannot be loaded. Its message is for the user.
final class PluginException extends Exception {
    private static final long serialVersionUID = 1L;

    PluginException(String message) {
        super(message);
    }

    PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
