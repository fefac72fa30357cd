package dev.gatehouse.policy.headers;

import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.util.ArrayList;
import java.util.List;

/// Makes one policy for each side that is changed: they act at different stages.
public final class HeadersPolicyFactory implements PolicyFactory<HeadersConfig> {
    @Override
    public String name() {
        return "headers";
    }

    @Override
    public Class<HeadersConfig> configType() {
        return HeadersConfig.class;
    }

    @Override
    public List<Staged> create(HeadersConfig config, PolicyContext context) {
        List<Staged> policies = new ArrayList<>();
        if (!config.response().isEmpty()) {
            HeaderEdits edits = HeaderEdits.of("response", config.response(), context.parameters());
            policies.add(new Staged(Stage.RESPONSE_HEADERS, new ResponseHeadersPolicy(edits)));
        }
        if (!config.request().isEmpty()) {
            HeaderEdits edits = HeaderEdits.of("request", config.request(), context.parameters());
            policies.add(new Staged(Stage.REQUEST_HEADERS, new RequestHeadersPolicy(edits)));
        }
        return policies;
    }
}
