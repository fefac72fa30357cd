package dev.gatehouse.engine.grpc;

import org.jspecify.annotations.Nullable;

/// What a caller of gRPC speaks, by the media type of its body. What follows the type, as `+proto`, is for the two
/// ends.
public enum Dialect {
    /// gRPC itself: messages in the body, the status in the trailers.
    GRPC("application/grpc"),
    /// gRPC-Web: the status is the last message of the body.
    WEB("application/grpc-web"),
    /// gRPC-Web for who can read nothing but text: all of that in base64.
    WEB_TEXT("application/grpc-web-text");

    private static final String SUFFIX_OR_PARAMETER = "+; ";

    private final String mediaType;

    Dialect(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    public boolean isWeb() {
        return this != GRPC;
    }

    /// Null for another kind of body, or none.
    public static @Nullable Dialect of(@Nullable CharSequence contentType) {
        if (contentType == null || !begins(contentType, GRPC.mediaType)) {
            return null;
        }
        return is(contentType, WEB_TEXT) ? WEB_TEXT : is(contentType, WEB) ? WEB : is(contentType, GRPC) ? GRPC : null;
    }

    private static boolean is(CharSequence contentType, Dialect dialect) {
        int length = dialect.mediaType.length();
        return begins(contentType, dialect.mediaType)
                && (contentType.length() == length || SUFFIX_OR_PARAMETER.indexOf(contentType.charAt(length)) >= 0);
    }

    /// Letters in any case (RFC 9110 §8.3.1).
    private static boolean begins(CharSequence text, String lowerCase) {
        if (text.length() < lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            char c = text.charAt(i);
            if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
