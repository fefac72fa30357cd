/// The authenticator `mtls`: who calls is who the client proved to be in its TLS handshake. The listener verifies the
/// certificate (`client_certificates`: chain, dates, purpose, revocation); here it becomes a user, a consumer and
/// roles.
/// Fields in which proxies pass certificates on are never believed.
///
/// ```
/// certificate ─▶ its names: CN, subject, DNS, URI, e-mail, SHA-256 ─▶ `certificates` ─▶ consumer, roles
///                                                                 └─▶ `user_from`, `consumer_from`
/// ```
@NullMarked
package dev.gatehouse.policy.auth.mtls;

import org.jspecify.annotations.NullMarked;
