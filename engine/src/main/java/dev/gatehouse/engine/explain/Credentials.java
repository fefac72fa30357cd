package dev.gatehouse.engine.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.identity.AssumedIdentity;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.CredentialPlace;
import dev.gatehouse.api.identity.CredentialPlace.Form;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.engine.snapshot.Snapshot;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an [Asker] means in one configuration: where its credential stands, or which identity is assumed.
final class Credentials {
    private final Snapshot snapshot;
    private final Map<String, CredentialPlace> places = new LinkedHashMap<>();

    Credentials(Snapshot snapshot) {
        this.snapshot = snapshot;
        for (String name : snapshot.authenticators()) {
            Authenticator one = snapshot.authenticator(name);
            CredentialPlace place = one == null ? null : one.place();
            if (place != null) {
                places.put(name, place);
            }
        }
    }

    /// The question as a client with the asker's credential would ask it.
    ///
    /// @throws IllegalArgumentException when nobody here looks for such a credential, with a sentence for the user
    Question shown(Question question) {
        return switch (question.asker()) {
            case Asker.Key(String entry, String key) -> put(question, placeOfKeys(entry), key);
            case Asker.Token(String token) -> put(question, placeOfTokens(), token);
            case Asker.Assumed _ -> question;
            case null -> question;
        };
    }

    private CredentialPlace placeOfKeys(@Nullable String entry) {
        if (entry != null) {
            CredentialPlace place = places.get(entry);
            if (place == null || place.form() != Form.KEY) {
                throw new IllegalArgumentException("security.authentication has no '" + entry + "' that takes keys");
            }
            return place;
        }
        List<String> takers = named(Form.KEY);
        if (takers.isEmpty()) {
            throw new IllegalArgumentException("nobody takes keys: no entry of security.authentication is an api_key");
        }
        CredentialPlace first = place(takers.getFirst());
        if (takers.stream().anyMatch(other -> !place(other).equals(first))) {
            throw new IllegalArgumentException("keys are looked for in several places: say whose this is, as in "
                    + takers.getFirst() + ":KEY (" + String.join(", ", takers) + ")");
        }
        return first;
    }

    private CredentialPlace placeOfTokens() {
        List<String> takers = named(Form.TOKEN);
        boolean bearer =
                takers.isEmpty() || takers.stream().anyMatch(name -> place(name).equals(CredentialPlace.BEARER));
        return bearer ? CredentialPlace.BEARER : place(takers.getFirst());
    }

    private List<String> named(Form form) {
        return places.keySet().stream()
                .filter(name -> place(name).form() == form)
                .toList();
    }

    private CredentialPlace place(String name) {
        return places.getOrDefault(name, CredentialPlace.BEARER);
    }

    private static Question put(Question question, CredentialPlace place, String text) {
        return switch (place.in()) {
            case HEADER -> question.with(place.name(), place.scheme() == null ? text : place.scheme() + " " + text);
            case COOKIE -> question.with("Cookie", place.name() + "=" + text);
            case QUERY ->
                question.at(question.target()
                        + (question.target().indexOf('?') < 0 ? '?' : '&')
                        + place.name()
                        + '='
                        + URLEncoder.encode(text, UTF_8));
        };
    }

    /// Who is taken for granted; null when the request has to show who it is.
    ///
    /// @throws IllegalArgumentException when a consumer is meant that nobody knows, with a sentence for the user
    @Nullable
    AssumedIdentity assumed(Question question) {
        return question.asker() instanceof Asker.Assumed assumed ? assumed(assumed) : null;
    }

    private AssumedIdentity assumed(Asker.Assumed who) {
        boolean entry = who.by() != null && snapshot.authenticators().contains(who.by());
        Set<String> methods = new LinkedHashSet<>();
        if (entry) {
            methods.add(who.by());
        } else if (who.form() != null) {
            methods.addAll(named(who.form()));
            if (methods.isEmpty()) {
                throw new IllegalArgumentException("nobody takes such credentials: no entry of security.authentication"
                        + " does (there are: " + String.join(", ", snapshot.authenticators()) + ")");
            }
        } else if (who.consumer() != null) {
            // Consumers have keys and certificates; tokens speak of users, unless nothing else is asked for.
            methods.addAll(snapshot.authenticators());
            methods.removeAll(named(Form.TOKEN));
        }
        Identity identity = identity(who);
        return new AssumedIdentity(methods, who.consumer() == null ? identity : identity.as(consumer(who.consumer())));
    }

    private static Identity identity(Asker.Assumed who) {
        Map<String, Object> claims = new LinkedHashMap<>(who.claims());
        Set<String> roles = new LinkedHashSet<>(who.roles());
        if (claims.get("roles") instanceof Collection<?> claimed) {
            claimed.forEach(role -> roles.add(String.valueOf(role)));
        }
        if (roles.isEmpty() && who.by() != null) {
            roles.add(who.by());
        }
        String subject = who.subject() == null && claims.get("sub") instanceof String sub ? sub : who.subject();
        if (subject != null) {
            claims.put("sub", subject);
        }
        if (!roles.isEmpty()) {
            claims.put("roles", new ArrayList<>(roles));
        }
        Set<String> scopes = new LinkedHashSet<>(who.scopes());
        if (claims.get("scope") instanceof String scope) {
            scopes.addAll(List.of(scope.strip().split("\\s+")));
        }
        if (!scopes.isEmpty()) {
            claims.put("scope", String.join(" ", scopes));
        }
        return new Identity("", subject, null, null, roles, scopes, claims);
    }

    private Consumer consumer(String name) {
        Consumer known = snapshot.consumers().consumer(name);
        if (known == null) {
            throw new IllegalArgumentException("no consumer '" + name + "' (the file has: "
                    + String.join(", ", snapshot.config().consumers().keySet()) + ")");
        }
        return known;
    }
}
