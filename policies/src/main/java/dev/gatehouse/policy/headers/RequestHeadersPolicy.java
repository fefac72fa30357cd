package dev.gatehouse.policy.headers;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.policy.Policy;
import java.util.List;

/// Changes the fields the service is sent, after all other policies. What is renamed is what would be sent without it:
/// a credential another policy has taken out is not brought back under a new name.
final class RequestHeadersPolicy implements Policy {
    private final HeaderEdits edits;

    RequestHeadersPolicy(HeaderEdits edits) {
        this.edits = edits;
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        edits.make(exchange, new RequestFields(exchange));
        return Decision.CONTINUE;
    }

    private record RequestFields(Exchange exchange) implements Fields {
        @Override
        public List<Text> values(HeaderName name) {
            return exchange.requestHeaders(name);
        }

        @Override
        public void remove(HeaderName name) {
            exchange.removeRequestHeader(name);
        }

        @Override
        public void set(HeaderName name, String value) {
            exchange.setRequestHeader(name, value);
        }

        @Override
        public void add(HeaderName name, String value) {
            exchange.addRequestHeader(name, value);
        }
    }
}
