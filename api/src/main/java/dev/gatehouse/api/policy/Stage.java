package dev.gatehouse.api.policy;

/// The moments of an exchange at which policies act, outermost first: requests pass them downwards, answers climb back
/// in reverse. The order is fixed, whatever the order of lines in the file: "cache before auth" would be a leak.
public enum Stage {
    CORS,
    RESPONSE_HEADERS,
    COMPRESS,
    IP_RULES,
    EARLY_LIMIT,
    BODY_LIMIT,
    AUTHENTICATE,
    CSRF,
    AUTHORIZE,
    LIMIT,
    VALIDATE,
    CACHE,
    TRANSFORM,
    REQUEST_HEADERS
}
