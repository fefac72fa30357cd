package dev.gatehouse.policy.authorization;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.PathPatterns;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.identity.AddressRules;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.policy.Policy;
import java.net.InetAddress;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Stands on every route: holds consumers to the addresses they may call from, and requests to the rules of the file.
final class RulesPolicy implements Policy {
    /// So many paths are compared one by one faster than found in a trie.
    static final int FEW = 8;

    private static final Decision ELSEWHERE =
            Refusals.forbidden("Requests from your address are not allowed with this credential.");

    private final Rule[] rules;
    private final @Nullable PathPatterns paths;
    private final String place;

    /// @param rules those that may be about requests of the route
    /// @param paths of these; null when they are few
    /// @param place of the section
    RulesPolicy(Rule[] rules, @Nullable PathPatterns paths, String place) {
        this.rules = rules;
        this.paths = paths;
        this.place = place;
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        Identity identity = exchange.get(Identity.OF_EXCHANGE);
        Consumer consumer = identity == null ? null : identity.consumer();
        if (consumer != null
                && !mayCallFrom(consumer.addresses(), exchange.request().clientAddress())) {
            exchange.rule("consumers." + consumer.name() + ".ip_rules", "");
            exchange.note("not from this address");
            return ELSEWHERE;
        }
        exchange.rule("authorization", place);
        return paths == null ? few(exchange, identity) : many(exchange, identity, paths);
    }

    private static boolean mayCallFrom(AddressRules rules, InetAddress address) {
        return rules == AddressRules.NONE
                || (!Cidr.anyContains(rules.deny(), address)
                        && (rules.allow().isEmpty() || Cidr.anyContains(rules.allow(), address)));
    }

    private Decision few(Exchange exchange, @Nullable Identity identity) {
        RequestHead request = exchange.request();
        for (Rule rule : rules) {
            if (rule.isAboutPath(request) && rule.isAboutMethod(request)) {
                Decision refusal = rule.judge(exchange, identity);
                if (refusal != null) {
                    return refusal;
                }
            }
        }
        return Decision.CONTINUE;
    }

    private Decision many(Exchange exchange, @Nullable Identity identity, PathPatterns all) {
        RequestHead request = exchange.request();
        BitSet found = new BitSet(rules.length);
        all.matching(request, found);
        for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
            if (rules[i].isAboutMethod(request)) {
                Decision refusal = rules[i].judge(exchange, identity);
                if (refusal != null) {
                    return refusal;
                }
            }
        }
        return Decision.CONTINUE;
    }
}
