package dev.gatehouse.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/// What this program calls itself.
final class Version implements IVersionProvider {
    /// The version in the jar's manifest; "development" when run from classes.
    static String number() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /// Of the JVM we run on: `25.0.1`.
    static String java() {
        return System.getProperty("java.version", Runtime.version().toString());
    }

    /// The gateway and its Java.
    static String line() {
        return "gatehouse " + number() + " · Java " + Runtime.version();
    }

    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }
}
