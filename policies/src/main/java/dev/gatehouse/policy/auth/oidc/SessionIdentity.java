package dev.gatehouse.policy.auth.oidc;

import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.policy.auth.oidc.session.Secrets;
import dev.gatehouse.policy.auth.oidc.session.Session;
import dev.gatehouse.policy.auth.token.IdentityMapping;

/// Who a session is of. Its credential is called by the beginning of its id's hash.
record SessionIdentity(IdentityMapping mapping, Consumers consumers) {
    private static final int NAME_LENGTH = 12;

    Identity of(Session session) {
        Identity user = mapping.identity(session.claims());
        Identity named = new Identity(
                user.method(),
                user.subject(),
                null,
                Secrets.hash(session.id()).substring(0, NAME_LENGTH),
                user.roles(),
                user.scopes(),
                user.claims());
        String name = mapping.consumer(named);
        Consumer known = name == null ? null : consumers.consumer(name);
        return known == null ? named : named.as(known);
    }
}
