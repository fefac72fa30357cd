package dev.gatehouse.policy.auth.apikey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.CredentialPlace;
import dev.gatehouse.api.identity.CredentialPlace.Form;
import dev.gatehouse.api.identity.CredentialPlace.In;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.template.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where clients send their key.
sealed interface KeyPlace {
    /// The key, a character for each of its octets; null when the request shows none, empty when it shows several.
    @Nullable
    CharSequence key(Exchange exchange);

    /// Takes it out of what the service is sent.
    void remove(Exchange exchange);

    /// Takes out the one that is shown, whatever it is worth. A field that was written anew since is not the client's.
    default void withhold(Exchange exchange) {
        remove(exchange);
    }

    /// For whoever asks in a client's place.
    CredentialPlace described();

    /// For clients: `in the header X-API-Key`.
    String phrase();

    /// For clients, in `WWW-Authenticate` (RFC 9110 §11.6.1): a scheme and its parameters.
    String challenge();

    /// @throws IllegalArgumentException when only the gateway writes this field
    static KeyPlace of(KeyPlaceConfig config) {
        String header = config.header();
        String query = config.query();
        if (header != null) {
            return new Field(FieldValues.editable(HeaderName.of(header)), config.scheme());
        }
        return query != null
                ? new Parameter(query, Reference.fact("query", query))
                : new Cookie(
                        String.valueOf(config.cookie()), Reference.fact("cookie", String.valueOf(config.cookie())));
    }

    record Field(HeaderName name, @Nullable String scheme) implements KeyPlace {
        @Override
        public @Nullable CharSequence key(Exchange exchange) {
            List<Text> values = exchange.request().headers(name);
            if (values.isEmpty()) {
                return null;
            }
            if (values.size() > 1) {
                return ""; // whoever reads the other one than we do is another door
            }
            return scheme == null ? values.getFirst() : afterScheme(values.getFirst(), scheme);
        }

        /// RFC 9110 §11.4: a scheme in any case, blanks, the rest. Null for a credential of another kind.
        private static @Nullable CharSequence afterScheme(Text value, String scheme) {
            int from = scheme.length();
            if (value.length() <= from
                    || value.charAt(from) != ' '
                    || !value.subSequence(0, from).equalsIgnoreCase(scheme)) {
                return null;
            }
            while (from < value.length() && value.charAt(from) == ' ') {
                from++;
            }
            return value.subSequence(from, value.length());
        }

        @Override
        public void remove(Exchange exchange) {
            exchange.removeRequestHeader(name);
        }

        @Override
        public void withhold(Exchange exchange) {
            if (key(exchange) != null
                    && exchange.requestHeaders(name).equals(exchange.request().headers(name))) {
                remove(exchange);
            }
        }

        @Override
        public CredentialPlace described() {
            return new CredentialPlace(Form.KEY, In.HEADER, name.toString(), scheme);
        }

        @Override
        public String phrase() {
            return "in the header " + name + (scheme == null ? "" : " as '" + scheme + " …'");
        }

        @Override
        public String challenge() {
            return scheme == null ? named("header", name.toString()) : scheme + " realm=\"api\"";
        }
    }

    record Parameter(String name, Reference fact) implements KeyPlace {
        @Override
        public @Nullable CharSequence key(Exchange exchange) {
            return octets(exchange.facts().value(fact));
        }

        @Override
        public void remove(Exchange exchange) {
            exchange.removeRequestParameter(name);
        }

        @Override
        public CredentialPlace described() {
            return new CredentialPlace(Form.KEY, In.QUERY, name, null);
        }

        @Override
        public String phrase() {
            return "in the query parameter " + name;
        }

        @Override
        public String challenge() {
            return named("query", name);
        }
    }

    record Cookie(String name, Reference fact) implements KeyPlace {
        @Override
        public @Nullable CharSequence key(Exchange exchange) {
            CharSequence key = octets(exchange.facts().value(fact));
            if (key != null) {
                exchange.set(Identity.AMBIENT, true);
            }
            return key;
        }

        @Override
        public void remove(Exchange exchange) {
            exchange.removeRequestCookie(name);
        }

        @Override
        public CredentialPlace described() {
            return new CredentialPlace(Form.KEY, In.COOKIE, name, null);
        }

        @Override
        public String phrase() {
            return "in the cookie " + name;
        }

        @Override
        public String challenge() {
            return named("cookie", name);
        }
    }

    /// There is no registered scheme for keys in places of their own; this one is widely used for it.
    private static String named(String in, String name) {
        return "ApiKey realm=\"api\", in=\"" + in + "\", name=\""
                + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /// Facts are characters; keys are compared as the octets they are sent as.
    private static @Nullable CharSequence octets(@Nullable CharSequence text) {
        return text == null ? null : new String(text.toString().getBytes(UTF_8), ISO_8859_1);
    }
}
