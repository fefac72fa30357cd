package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;

/// One place where a service is reached. A host name stands for all its addresses.
@Settings(name = "service.instance", value = "One place where a service is reached.")
public record InstanceConfig(
        @Setting(
                "Where it is: http://host:port or https://host:port; a name stands for all its addresses and is looked up again as its TTL says.")
        String url,

        @Setting(
                value = "Its share of the requests, beside the weights of the others.",
                byDefault = "1",
                min = "1",
                max = "1000")
        int weight,

        @Setting(value = "Used only while no other instance is left.", byDefault = "false")
        boolean backup) {
    public static final int MAX_WEIGHT = 1000;

    public InstanceConfig {
        ServiceAddress.of(url);
        Check.between("weight", weight, 1, MAX_WEIGHT);
    }

    /// An instance like any other.
    public static InstanceConfig of(String url) {
        return new InstanceConfig(url, 1, false);
    }

    public static InstanceConfig of(ServiceAddress address) {
        return of(address.toString());
    }

    public ServiceAddress address() {
        return ServiceAddress.of(url);
    }
}
