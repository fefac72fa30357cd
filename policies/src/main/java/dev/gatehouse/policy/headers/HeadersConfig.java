package dev.gatehouse.policy.headers;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;

/// What the user writes in the slot `headers`.
@Settings(name = "headers", value = "Sets, adds, removes and renames header fields of requests and answers.")
public record HeadersConfig(
        @Setting("What is changed in what the service is sent.")
        HeaderEditsConfig request,

        @Setting("What is changed in every answer, refusals and cached answers included.")
        HeaderEditsConfig response) {}
