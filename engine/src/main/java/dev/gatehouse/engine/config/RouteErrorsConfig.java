package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;

/// What a route may say differently about errors than the file does.
@Settings(name = "route.errors", value = "What this route says differently about errors.")
public record RouteErrorsConfig(
        @Setting("Errors of services: pass sends them on untouched, standard puts them into the standard form.")
        ErrorsConfig.FromServices fromServices) {}
