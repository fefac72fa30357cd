package dev.gatehouse.app;

import dev.gatehouse.app.cli.GatehouseCommand;

/// Where the process starts.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int code = GatehouseCommand.run(args);
        if (code != GatehouseCommand.RUNNING) {
            System.exit(code);
        }
    }
}
