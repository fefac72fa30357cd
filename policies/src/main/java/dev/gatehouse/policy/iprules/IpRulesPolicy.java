package dev.gatehouse.policy.iprules;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.policy.Policy;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Refuses requests by the client's address. The client is not told which rule it was: the decision trace is.
final class IpRulesPolicy implements Policy {
    private static final Decision REFUSED =
            new Decision.Reject(new Failure(FailureKind.FORBIDDEN, "Requests from your address are not allowed here."));

    private final List<Cidr> allow;
    private final List<Cidr> deny;

    IpRulesPolicy(IpRulesConfig config) {
        this.allow = config.allow().stream().map(AddressRange::range).toList();
        this.deny = config.deny().stream().map(AddressRange::range).toList();
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        InetAddress client = exchange.request().clientAddress();
        Cidr denied = Cidr.first(deny, client);
        if (denied != null) {
            note(exchange, client, "deny", denied);
            return REFUSED;
        }
        if (allow.isEmpty()) {
            note(exchange, client, "deny", null);
            return Decision.CONTINUE;
        }
        Cidr allowed = Cidr.first(allow, client);
        note(exchange, client, "allow", allowed);
        return allowed == null ? REFUSED : Decision.CONTINUE;
    }

    /// `client 10.0.0.7 in deny 10.0.0.0/8`, `client 192.0.2.1 not in allow`
    private static void note(Exchange exchange, InetAddress client, String list, @Nullable Cidr range) {
        if (exchange.isRecorded()) {
            exchange.note("client " + client.getHostAddress()
                    + (range == null ? " not in " + list : " in " + list + " " + range));
        }
    }
}
