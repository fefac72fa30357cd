package dev.gatehouse.engine.config;

import java.util.List;

/// The one route there is so far: everything goes to one service.
///
/// @param service where requests go
/// @param upgrades protocols a client may upgrade its connection to, in lower case (`websocket`); never `h2c`
public record RouteConfig(ServiceConfig service, List<String> upgrades) {
    public RouteConfig {
        upgrades = List.copyOf(upgrades);
        if (upgrades.contains("h2c")) {
            throw new IllegalArgumentException("upgrade: h2c would carry requests past every rule of this gateway");
        }
    }
}
