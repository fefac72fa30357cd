package dev.gatehouse.engine.explain;

import dev.gatehouse.api.identity.CredentialPlace.Form;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who asks a [Question], beside what its head says: somebody who is believed, or somebody with a credential that is
/// put where clients put theirs. The text of an asker never tells the credential.
public sealed interface Asker {
    /// Somebody who is taken for granted where a route asks who calls. Nothing is verified.
    ///
    /// @param by the entry of `security.authentication` that has identified them, or, when none is called so, one
    ///     of their roles; null for any entry
    /// @param form only entries that take credentials of this form could have identified them; null for any
    /// @param subject null for a program that is only a consumer
    /// @param consumer the name of a consumer; null for none
    /// @param roles when there are none, what `by` says is the only role
    /// @param claims beside those that follow from the others
    record Assumed(
            @Nullable String by,
            @Nullable Form form,
            @Nullable String subject,
            @Nullable String consumer,
            Set<String> roles,
            Set<String> scopes,
            Map<String, Object> claims)
            implements Asker {
        private static final String CONSUMER = "consumer";

        public Assumed {
            roles = Collections.unmodifiableSet(new LinkedHashSet<>(roles));
            scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
            claims = Collections.unmodifiableMap(new TreeMap<>(claims));
            if (subject == null && consumer == null && claims.isEmpty()) {
                throw new IllegalArgumentException("nobody is meant: say a user, or a consumer");
            }
        }

        /// A consumer, whatever it has shown.
        public static Assumed consumer(String name) {
            return new Assumed(null, null, null, name, Set.of(), Set.of(), Map.of());
        }

        /// `[METHOD:]SUBJECT[,role…]`, such as `customer:u1`, `support:s1`, `u1,admin`; or `consumer:acme`.
        ///
        /// @throws IllegalArgumentException with a sentence for the user
        public static Assumed parse(String text) {
            int colon = text.indexOf(':');
            String by = text.substring(0, Math.max(0, colon)).strip();
            List<String> rest = Arrays.stream(text.substring(colon + 1).split(",", -1))
                    .map(String::strip)
                    .toList();
            if (rest.stream().anyMatch(String::isEmpty)) {
                throw new IllegalArgumentException(
                        "'" + text + "' (expected: customer:u1, u1, u1,support, or consumer:acme)");
            }
            if (by.equals(CONSUMER)) {
                if (rest.size() > 1) {
                    throw new IllegalArgumentException(
                            "'" + text + "': a consumer has the roles its configuration says");
                }
                return consumer(rest.getFirst());
            }
            return new Assumed(
                    by.isEmpty() ? null : by,
                    null,
                    rest.getFirst(),
                    null,
                    new LinkedHashSet<>(rest.subList(1, rest.size())),
                    Set.of(),
                    Map.of());
        }

        /// The same with more of these.
        public Assumed with(Set<String> moreRoles, Set<String> moreScopes, Map<String, Object> moreClaims) {
            Set<String> allRoles = new LinkedHashSet<>(roles);
            allRoles.addAll(moreRoles);
            Set<String> allScopes = new LinkedHashSet<>(scopes);
            allScopes.addAll(moreScopes);
            Map<String, Object> allClaims = new TreeMap<>(claims);
            allClaims.putAll(moreClaims);
            return new Assumed(by, form, subject, consumer, allRoles, allScopes, allClaims);
        }
    }

    /// Somebody with an API key.
    ///
    /// @param entry of `security.authentication`, which says where the key stands; null for the only one
    record Key(@Nullable String entry, String key) implements Asker {
        public Key {
            requireOneWord("key", key);
        }

        /// `KEY`, or `ENTRY:KEY`.
        ///
        /// @throws IllegalArgumentException with a sentence for the user, which does not tell the key
        public static Key parse(String text) {
            int colon = text.indexOf(':');
            return new Key(colon < 0 ? null : text.substring(0, colon), text.substring(colon + 1));
        }

        @Override
        public String toString() {
            return "a key";
        }
    }

    /// Somebody with a signed or an opaque token, as bearer unless no entry looks for tokens there.
    record Token(String token) implements Asker {
        public Token {
            requireOneWord("token", token);
        }

        @Override
        public String toString() {
            return "a token";
        }
    }

    private static void requireOneWord(String what, String credential) {
        if (credential.isEmpty() || credential.chars().anyMatch(c -> c <= ' ' || c > 0x7e)) {
            throw new IllegalArgumentException("the " + what + " is empty, or has blanks or other signs in it");
        }
    }
}
