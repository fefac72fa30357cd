package com.example.gatehouse.hours;

import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.api.metrics.Counter;
import java.util.List;

/// Makes the policy of the slot `opening_hours`.
public final class OpeningHoursPolicyFactory implements PolicyFactory<OpeningHoursConfig> {
    @Override
    public String name() {
        return "opening_hours";
    }

    @Override
    public Class<OpeningHoursConfig> configType() {
        return OpeningHoursConfig.class;
    }

    @Override
    public List<Staged> create(OpeningHoursConfig config, PolicyContext context) {
        Counter turnedAway = context.counter(
                        "opening_hours_turned_away", "Requests that came while the shop was closed.", "name")
                .of(context.name());
        return List.of(new Staged(
                Stage.AUTHORIZE, new OpeningHoursPolicy(config, context.time(), turnedAway)));
    }
}
