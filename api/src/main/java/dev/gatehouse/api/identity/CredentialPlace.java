package dev.gatehouse.api.identity;

import org.jspecify.annotations.Nullable;

/// Where clients put a credential that is one text: for whoever asks in a client's place, as `explain` and tests do,
/// and for whoever tells clients what to do.
///
/// @param name of the header, the cookie or the parameter
/// @param scheme the word before it in a header (RFC 9110 §11.4); null for none
public record CredentialPlace(
        Form form, In in, String name, @Nullable String scheme) {
    /// What the text is.
    public enum Form {
        KEY,
        TOKEN
    }

    /// Which part of a request it stands in.
    public enum In {
        HEADER,
        COOKIE,
        QUERY
    }

    /// A bearer token (RFC 6750 §2.1).
    public static final CredentialPlace BEARER = new CredentialPlace(Form.TOKEN, In.HEADER, "Authorization", "Bearer");
}
