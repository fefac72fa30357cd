package dev.gatehouse.app.cli;

/// The end of the process on SIGTERM and SIGINT. A JVM that ends by a signal reports 128 + its number; a gateway
/// that was asked to end and did so has done well, so it ends with 0.
final class Shutdown {
    private Shutdown() {}

    /// Runs `action` once when the process is asked to end, then ends it.
    static void onSignal(Runnable action) {
        Thread hook = new Thread(
                () -> {
                    action.run();
                    // The code of a signal's exit is decided already; only halting now changes it.
                    Runtime.getRuntime().halt(0);
                },
                "gatehouse-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
    }
}
