/// The identity provider of a browser login: what it publishes of itself, what it is asked, and which of its
/// tokens are believed (OpenID Connect Core 1.0, Discovery 1.0).
@NullMarked
package dev.gatehouse.policy.auth.oidc.provider;

import org.jspecify.annotations.NullMarked;
