package dev.gatehouse.policy.headers;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.policy.Policy;
import java.util.List;

/// Changes the fields of every answer, whoever made it, after almost all other policies.
final class ResponseHeadersPolicy implements Policy {
    private final HeaderEdits edits;

    ResponseHeadersPolicy(HeaderEdits edits) {
        this.edits = edits;
    }

    @Override
    public Decision onResponse(Exchange exchange, Response response) {
        edits.make(exchange, new ResponseFields(response));
        return Decision.CONTINUE;
    }

    private record ResponseFields(Response response) implements Fields {
        @Override
        public List<Text> values(HeaderName name) {
            return response.headers(name);
        }

        @Override
        public void remove(HeaderName name) {
            response.remove(name);
        }

        @Override
        public void set(HeaderName name, String value) {
            response.set(name, value);
        }

        @Override
        public void add(HeaderName name, String value) {
            response.add(name, value);
        }
    }
}
