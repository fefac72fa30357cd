package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.PathPatterns;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;

/// Makes the policy of the slot `require`, and that of the rules of the file, which stands on every route.
public final class RequirePolicyFactory implements PolicyFactory<RequireConfig> {
    private static final String SECTION = "security.authorization";
    private static final Rule[] NO_RULES = {};

    /// Those read last: a file has many routes, and its rules are the same for all of them. Held weakly, or a
    /// configuration that is gone would stay for their sake.
    private volatile WeakReference<Rules> last = new WeakReference<>(null);

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
    public List<Staged> everywhere(PolicyContext context) {
        AuthorizationConfig written = context.section(AuthorizationConfig.class);
        Rule[] rules = written == null ? NO_RULES : rules(written, context).on(context.path(), context.methods());
        if (written != null && !written.rbacEnabled()) {
            context.warn(SECTION + ".rbac_enabled", "rules about roles are switched off: nobody is asked for one");
        }
        if (rules.length == 0 && context.authenticators().isEmpty()) {
            return List.of(); // nobody is known here, and nothing is asked
        }
        PathPatterns paths = rules.length <= RulesPolicy.FEW
                ? null
                : context.pathPatterns(Arrays.stream(rules).map(Rule::path).toList());
        return List.of(new Staged(Stage.AUTHORIZE, new RulesPolicy(rules, paths, context.place(SECTION))));
    }

    private Rules rules(AuthorizationConfig section, PolicyContext context) {
        Rules known = last.get();
        if (known == null || known.section() != section) {
            known = Rules.of(section, context);
            last = new WeakReference<>(known);
        }
        return known;
    }
}
