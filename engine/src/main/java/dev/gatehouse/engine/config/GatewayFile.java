package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;
import java.util.Map;

/// The configuration file as it is written, all included files together. What holds when its layers are put
/// together is a [GatewayConfig].
@Settings(name = "file", value = "The configuration file.")
public record GatewayFile(
        @Setting(value = "Version of the language; there is one.", byDefault = "1")
        int version,

        @Setting(value = "What this gateway is called, in logs and pages.", byDefault = "gatehouse")
        String name,

        @Setting(value = "More files, such as conf.d/*.yaml; names are unique over all of them.", byDefault = "none")
        List<String> include,

        @Setting("Where clients come in, by name; left out, one on port 8080.")
        Map<String, ListenerConfig> listeners,

        @Setting("Where operators come in.") AdminConfig admin,

        @Setting("What the process runs on.") RuntimeConfig runtime,

        @Setting("How things are reached, by name.") Map<String, ServiceSection> services,

        @Setting("What consumers of a kind have bought, by name.")
        Map<String, PlanConfig> plans,

        @Setting("Who is known by name, whatever credential it shows.")
        Map<String, ConsumerConfig> consumers,

        @Setting("What holds where nothing else is said.") DefaultsSection defaults,

        @Setting("What clients see.") List<RouteSection> routes,

        @Setting("How clients are told that a request was not served.")
        ErrorsConfig errors,

        @Setting("What is told about the requests that were served.")
        TelemetryConfig telemetry) {
    public GatewayFile {
        if (version != 1) {
            throw new IllegalArgumentException("version: " + version + " (expected: 1, the only one there is)");
        }
    }
}
