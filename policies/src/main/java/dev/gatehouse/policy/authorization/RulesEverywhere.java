package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.PathPatterns;
import dev.gatehouse.api.policy.Everywhere;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.util.Arrays;
import java.util.List;

/// Puts the rules of a file on its routes, on each those that may be about its requests.
///
/// @param rules of the whole file
/// @param somebodyIsKnown whether anybody is asked who he is: then even a route without rules has a policy
/// @param place where the rules were written
record RulesEverywhere(Rules rules, boolean somebodyIsKnown, String place) implements Everywhere {
    @Override
    public List<Staged> on(PolicyContext route) {
        Rule[] own = rules.on(route.path(), route.methods());
        if (own.length == 0 && !somebodyIsKnown) {
            return List.of(); // nobody is known here, and nothing is asked
        }
        PathPatterns paths = own.length <= RulesPolicy.FEW
                ? null
                : route.pathPatterns(Arrays.stream(own).map(Rule::path).toList());
        return List.of(new Staged(Stage.AUTHORIZE, new RulesPolicy(own, paths, place)));
    }
}
