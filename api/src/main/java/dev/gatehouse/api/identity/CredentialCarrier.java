package dev.gatehouse.api.identity;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import java.util.List;

/// A part of a request that carries a credential, or a piece of one. Immutable.
public sealed interface CredentialCarrier {
    /// Takes it out of what the service is sent, if it is there. A field that was written anew since is not the
    /// client's, and stays.
    void removeFrom(Exchange exchange);

    record Header(HeaderName name) implements CredentialCarrier {
        @Override
        public void removeFrom(Exchange exchange) {
            List<Text> shown = exchange.request().headers(name);
            if (!shown.isEmpty() && exchange.requestHeaders(name).equals(shown)) {
                exchange.removeRequestHeader(name);
            }
        }
    }

    /// @param name letters in their case
    record Cookie(String name) implements CredentialCarrier {
        @Override
        public void removeFrom(Exchange exchange) {
            exchange.removeRequestCookie(name);
        }
    }

    /// Of the query.
    ///
    /// @param name decoded
    record Parameter(String name) implements CredentialCarrier {
        @Override
        public void removeFrom(Exchange exchange) {
            exchange.removeRequestParameter(name);
        }
    }
}
