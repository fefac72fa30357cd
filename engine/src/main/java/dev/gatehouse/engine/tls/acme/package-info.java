/// Certificates the gateway gets by itself (ACME, RFC 8555): what the engine knows of it. Who talks to the issuer is a
/// module of its own, found as a [CertificateIssuerFactory]; the engine answers the issuer's questions from what that
/// module puts into [Challenges], and shows the certificates it brings.
@NullMarked
package dev.gatehouse.engine.tls.acme;

import org.jspecify.annotations.NullMarked;
