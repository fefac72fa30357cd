package dev.gatehouse.policy.auth.place;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.CredentialCarrier;
import dev.gatehouse.api.identity.CredentialPlace;
import dev.gatehouse.api.identity.CredentialPlace.Form;
import dev.gatehouse.api.identity.CredentialPlace.In;
import dev.gatehouse.api.identity.Identity;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in a request a credential is that is one text, such as a token or a key: finds it there. Immutable.
public sealed interface Place {
    /// What a place that holds more than one credential says: such a request could mean one thing here and another
    /// to the service, and no credential is empty.
    Text AMBIGUOUS = Text.of("");

    /// The credential as it stands in the request; null when none is shown, [#AMBIGUOUS] when several are.
    @Nullable
    Text find(Exchange exchange);

    /// What holds it, where it may.
    CredentialCarrier carrier();

    /// What holds it in this request: a field with another scheme does not.
    default List<CredentialCarrier> carriers(Exchange exchange) {
        return List.of(carrier());
    }

    /// Takes it out of what the service is sent.
    default void remove(Exchange exchange) {
        carrier().removeFrom(exchange);
    }

    /// For whoever asks in a client's place.
    CredentialPlace described(Form form);

    /// @param scheme before the credential, in any case (RFC 9110 §11.1); null for none
    record InHeader(HeaderName header, @Nullable String scheme) implements Place {
        public static final HeaderName AUTHORIZATION = HeaderName.of("Authorization");

        @Override
        public @Nullable Text find(Exchange exchange) {
            List<Text> values = exchange.request().headers(header);
            return switch (values.size()) {
                case 0 -> null;
                case 1 -> token(values.getFirst());
                default -> values.stream().anyMatch(value -> token(value) != null) ? AMBIGUOUS : null;
            };
        }

        private @Nullable Text token(Text value) {
            if (scheme == null) {
                return value;
            }
            int at = scheme.length();
            if (value.length() < at || !value.subSequence(0, at).equalsIgnoreCase(scheme)) {
                return null;
            }
            if (value.length() == at) {
                return AMBIGUOUS;
            }
            if (value.charAt(at) != ' ') {
                return null;
            }
            while (at < value.length() && value.charAt(at) == ' ') {
                at++;
            }
            return value.subSequence(at, value.length());
        }

        @Override
        public CredentialCarrier carrier() {
            return new CredentialCarrier.Header(header);
        }

        @Override
        public List<CredentialCarrier> carriers(Exchange exchange) {
            return find(exchange) == null ? List.of() : List.of(carrier());
        }

        @Override
        public CredentialPlace described(Form form) {
            return new CredentialPlace(form, In.HEADER, header.toString(), scheme);
        }
    }

    /// @param name of the cookie, letters in their case
    record InCookie(String name) implements Place {
        private static final HeaderName COOKIE = HeaderName.of("Cookie");

        @Override
        public @Nullable Text find(Exchange exchange) {
            Text found = null;
            for (Text field : exchange.request().headers(COOKIE)) {
                int from = 0;
                while (from < field.length()) {
                    int end = end(field, from);
                    Text value = value(field, from, end);
                    if (value != null && found != null && !found.equals(value)) {
                        return AMBIGUOUS;
                    }
                    found = value == null ? found : value;
                    from = end + 1;
                }
            }
            if (found != null) {
                exchange.set(Identity.AMBIENT, true);
            }
            return found;
        }

        private static int end(Text field, int from) {
            int at = from;
            while (at < field.length() && field.charAt(at) != ';') {
                at++;
            }
            return at;
        }

        /// Of `name=value` between these, if that is its name.
        private @Nullable Text value(Text field, int start, int end) {
            int from = start;
            int to = end;
            while (from < to && field.charAt(from) == ' ') {
                from++;
            }
            while (to > from && field.charAt(to - 1) == ' ') {
                to--;
            }
            int is = from + name.length();
            if (is >= to || field.charAt(is) != '=') {
                return null;
            }
            for (int i = 0; i < name.length(); i++) {
                if (field.charAt(from + i) != name.charAt(i)) {
                    return null;
                }
            }
            return field.subSequence(is + 1, to);
        }

        @Override
        public CredentialCarrier carrier() {
            return new CredentialCarrier.Cookie(name);
        }

        @Override
        public CredentialPlace described(Form form) {
            return new CredentialPlace(form, In.COOKIE, name, null);
        }
    }

    /// @param name of the parameter, letters in their case
    record InQuery(String name) implements Place {
        @Override
        public @Nullable Text find(Exchange exchange) {
            String query = exchange.request().query();
            Text found = null;
            int from = 0;
            while (query != null && from < query.length()) {
                int end = query.indexOf('&', from);
                end = end < 0 ? query.length() : end;
                int is = from + name.length();
                if (is < end && query.charAt(is) == '=' && query.startsWith(name, from)) {
                    if (found != null) {
                        return AMBIGUOUS;
                    }
                    found = decoded(query.substring(is + 1, end));
                }
                from = end + 1;
            }
            return found;
        }

        private static Text decoded(String value) {
            try {
                return Text.of(URLDecoder.decode(value, StandardCharsets.ISO_8859_1));
            } catch (IllegalArgumentException e) {
                return AMBIGUOUS;
            }
        }

        @Override
        public CredentialCarrier carrier() {
            return new CredentialCarrier.Parameter(name);
        }

        @Override
        public CredentialPlace described(Form form) {
            return new CredentialPlace(form, In.QUERY, name, null);
        }
    }
}
