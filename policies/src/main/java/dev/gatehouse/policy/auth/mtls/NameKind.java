package dev.gatehouse.policy.auth.mtls;

import dev.gatehouse.api.config.Word;

/// A kind of name that a certificate bears.
public enum NameKind {
    /// The common name within the subject.
    CN,
    /// The whole subject, as RFC 2253 writes it: `CN=shop,O=Acme`.
    SUBJECT,
    /// A host in `subjectAltName` (RFC 5280 §4.2.1.6).
    @Word("san_dns")
    DNS,
    /// A URI there, such as a SPIFFE id.
    @Word("san_uri")
    URI,
    /// A mailbox there.
    @Word("san_email")
    EMAIL,
    /// `sha256:` and the hash of the whole certificate in hexadecimal digits.
    FINGERPRINT
}
