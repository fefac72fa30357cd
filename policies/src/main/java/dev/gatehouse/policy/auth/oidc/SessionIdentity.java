package dev.gatehouse.policy.auth.oidc;

import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.policy.auth.oidc.session.KnownSession;
import dev.gatehouse.policy.auth.oidc.session.Secrets;
import dev.gatehouse.policy.auth.token.IdentityMapping;

/// Who a session is of. Its credential is called by the beginning of its id's hash.
record SessionIdentity(IdentityMapping mapping, Consumers consumers) {
    private static final int NAME_LENGTH = 12;

    Identity of(KnownSession session) {
        Identity user = session.identity(this::reckoned);
        String name = mapping.consumer(user);
        Consumer known = name == null ? null : consumers.consumer(name);
        return known == null ? user : user.as(known);
    }

    private Identity reckoned(KnownSession session) {
        Identity user = mapping.identity(session.claims());
        return new Identity(
                user.method(),
                user.subject(),
                null,
                Secrets.hash(session.session().id()).substring(0, NAME_LENGTH),
                user.roles(),
                user.scopes(),
                user.claims());
    }
}
