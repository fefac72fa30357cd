/// The authenticator `hmac`: requests that are signed with a shared secret, as HTTP Message Signatures (RFC 9421) with
/// `hmac-sha256` and a digest of the body (RFC 9530). For programs that call each other: the secret never travels, and
/// a request that was overheard cannot be sent again.
///
/// ```
/// Signature-Input, Signature ─▶ known key? ─▶ fresh? ─▶ covers enough? ─▶ right? ─▶ seen before? ─▶ body fits digest?
/// ```
@NullMarked
package dev.gatehouse.policy.auth.hmac;

import org.jspecify.annotations.NullMarked;
