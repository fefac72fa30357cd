package com.example.gatehouse.hours;

import static dev.gatehouse.testkit.PolicyRequest.request;

import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.testkit.PolicyContract;
import dev.gatehouse.testkit.PolicyRequest;
import java.util.List;
import java.util.Map;

class OpeningHoursContractTest extends PolicyContract {
    @Override
    protected PolicyFactory<?> factory() {
        return new OpeningHoursPolicyFactory();
    }

    @Override
    protected String settings() {
        return "{ opens: 18:00, closes: 02:00 }";
    }

    @Override
    protected List<PolicyRequest> requests() {
        return List.of(request("GET /orders/7"), request("POST /orders").body("{}"));
    }

    @Override
    protected Map<String, String> mistakes() {
        return Map.of(
                "{ opens: 8 o'clock, closes: 22:00 }", "'8 o'clock' is not a time of day",
                "{ closes: 22:00 }", "'opens'",
                "{ opens: 08:00, closes: 08:00 }", "never open",
                "{ opens: 08:00, closes: 22:00, zone: Mars }", "'Mars' is not a time zone");
    }
}
