package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.policy.Everywhere;
import dev.gatehouse.api.policy.FileContext;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the policy of the slot `require`, and that of the rules of the file, which stands on every route.
public final class RequirePolicyFactory implements PolicyFactory<RequireConfig> {
    private static final String SECTION = "security.authorization";

    @Override
    public String name() {
        return "require";
    }

    @Override
    public Class<RequireConfig> configType() {
        return RequireConfig.class;
    }

    @Override
    public List<Staged> create(RequireConfig config, PolicyContext context) {
        return List.of(new Staged(Stage.AUTHORIZE, new RequirePolicy(Requirement.of(config, context::expression))));
    }

    @Override
    public @Nullable Everywhere everywhere(FileContext file) {
        AuthorizationConfig written = file.section(AuthorizationConfig.class);
        if (written != null && !written.rbacEnabled()) {
            file.warn(SECTION + ".rbac_enabled", "rules about roles are switched off: nobody is asked for one");
        }
        Rules rules = written == null ? Rules.NONE : Rules.of(written, file);
        boolean somebodyIsKnown = !file.authenticators().isEmpty();
        return rules.all().isEmpty() && !somebodyIsKnown
                ? null
                : new RulesEverywhere(rules, somebodyIsKnown, file.place(SECTION));
    }
}
