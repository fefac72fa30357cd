package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.diagnostic.Severity;
import java.util.Map;

/// What a load depends on besides files.
///
/// @param environment for `${env:…}`
/// @param extensions what plug-ins add
/// @param laterFeatures how bad a key of a later version is. As a warning it is left out, with what stands under it;
/// the
///     gateway itself never does that, since a file that asks for authentication must not run without it
public record LoadOptions(Map<String, String> environment, Extensions extensions, Severity laterFeatures) {
    public LoadOptions {
        environment = Map.copyOf(environment);
    }

    /// The environment of this process, and the plug-ins on its class path.
    public static LoadOptions standard() {
        return standard(Extensions.found());
    }

    /// The environment of this process, and these plug-ins.
    public static LoadOptions standard(Extensions extensions) {
        return new LoadOptions(System.getenv(), extensions, Severity.ERROR);
    }

    public LoadOptions withEnvironment(Map<String, String> variables) {
        return new LoadOptions(variables, extensions, laterFeatures);
    }

    public LoadOptions withExtensions(Extensions added) {
        return new LoadOptions(environment, added, laterFeatures);
    }

    public LoadOptions withLaterFeaturesAs(Severity severity) {
        return new LoadOptions(environment, extensions, severity);
    }
}
