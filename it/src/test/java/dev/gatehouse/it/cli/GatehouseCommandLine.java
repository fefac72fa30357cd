package dev.gatehouse.it.cli;

import dev.gatehouse.app.cli.GatehouseCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// A command line that does not get as far as a running gateway, run in this JVM because starting one takes long.
public record GatehouseCommandLine(int code, String out, String err) {
    public static GatehouseCommandLine of(String... arguments) {
        return given("", arguments);
    }

    /// @param input what stands on standard input
    public static GatehouseCommandLine given(String input, String... arguments) {
        InputStream in = System.in;
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream saidOut = new ByteArrayOutputStream();
        ByteArrayOutputStream saidErr = new ByteArrayOutputStream();
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        System.setOut(new PrintStream(saidOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(saidErr, true, StandardCharsets.UTF_8));
        try {
            int code = GatehouseCommand.run(arguments);
            return new GatehouseCommandLine(
                    code, saidOut.toString(StandardCharsets.UTF_8), saidErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
    }
}
