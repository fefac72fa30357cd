/// Gets certificates from an issuer (ACME, RFC 8555) with acme4j, keeps them on disk and renews them. A plug-in: the
/// engine finds it when a listener has `acme`, and loads none of it otherwise.
///
/// ```
/// AcmeIssuer ─┬─ IssuerFolder        what is kept: account, certificates; one gateway at a time orders
///  its life   ├─ RenewalSchedule     when the next one is due
///             ├─ RetryWaits          when a failed order is tried again
///             └─ Orders ─ CertificateOrder ─ IssuerSession ─▶ issuer
///                             └─ engine.tls.acme.Challenges ◀─ the issuer asks the gateway
/// ```
@NullMarked
package dev.gatehouse.acme;

import org.jspecify.annotations.NullMarked;
