package dev.gatehouse.engine.config.load;

import dev.gatehouse.api.config.ConfigSection;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Staged;
import java.util.List;

/// A policy and a section as a plug-in would bring them.
public final class SampleFeatures {
    private SampleFeatures() {}

    @Settings(name = "stamp", value = "Puts a text on answers.")
    public record StampConfig(
            @Setting("What is put there.") String text,

            @Setting(value = "How often.", byDefault = "1", min = "1")
            int times) {}

    @Settings(name = "cap", value = "Ends what is too long.")
    public record CapConfig(
            @Setting(value = "Most octets.", max = "1GiB") long size) {
        public static CapConfig of(long size) {
            return new CapConfig(size);
        }
    }

    @Settings(name = "tenants", value = "Who shares this gateway.")
    public record TenantsConfig(@Setting("Their names.") List<String> names) {
        public static TenantsConfig of(List<String> names) {
            return new TenantsConfig(names);
        }
    }

    static Extensions slot(String name) {
        return new Extensions(List.of(factory(name)), List.of());
    }

    /// A slot whose settings may be written as a size.
    static Extensions cap() {
        return new Extensions(
                List.of(new PolicyFactory<CapConfig>() {
                    @Override
                    public String name() {
                        return "cap";
                    }

                    @Override
                    public Class<CapConfig> configType() {
                        return CapConfig.class;
                    }

                    @Override
                    public List<Staged> create(CapConfig config, PolicyContext context) {
                        return List.of();
                    }
                }),
                List.of());
    }

    static Extensions section() {
        return new Extensions(List.of(), List.of(new ConfigSection<TenantsConfig>() {
            @Override
            public String name() {
                return "tenants";
            }

            @Override
            public List<String> aliases() {
                return List.of("customers");
            }

            @Override
            public Class<TenantsConfig> type() {
                return TenantsConfig.class;
            }
        }));
    }

    private static PolicyFactory<StampConfig> factory(String name) {
        return new PolicyFactory<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Class<StampConfig> configType() {
                return StampConfig.class;
            }

            @Override
            public List<Staged> create(StampConfig config, PolicyContext context) {
                return List.of();
            }
        };
    }
}
