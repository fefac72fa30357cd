package dev.gatehouse.policy.auth.hmac;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Text;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A signature of a request, of a key that is known here.
///
/// @param signature as the client made it
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, by its key
record SignedRequest(SigningKey key, SignatureInput input, byte[] signature) {
    static final HeaderName SIGNATURE = HeaderName.of("Signature");
    static final HeaderName SIGNATURE_INPUT = HeaderName.of("Signature-Input");

    /// Characters of either field, and signatures in it: more are nobody's in earnest.
    private static final int LONGEST = 8192;

    private static final int MOST = 8;

    static boolean isShown(RequestHead request) {
        return request.header(SIGNATURE) != null || request.header(SIGNATURE_INPUT) != null;
    }

    /// The first signature of a key that is known, for our purpose. Others are somebody else's, such as a proxy's
    /// on the way (RFC 9421 §4.3).
    ///
    /// @param tag that it must have; null for any
    /// @return null when there is none
    /// @throws IllegalArgumentException when the fields cannot be read
    static @Nullable SignedRequest find(RequestHead request, Map<String, SigningKey> keys, @Nullable String tag) {
        Map<String, SignatureInput> inputs = FieldReader.inputs(joined(request.headers(SIGNATURE_INPUT)));
        Map<String, byte[]> signatures = FieldReader.octets(joined(request.headers(SIGNATURE)));
        if (inputs.size() > MOST || !inputs.keySet().equals(signatures.keySet())) {
            throw new IllegalArgumentException("Signature and Signature-Input do not fit together");
        }
        for (Map.Entry<String, SignatureInput> entry : inputs.entrySet()) {
            SignatureInput input = entry.getValue();
            String id = input.text("keyid");
            SigningKey key = id == null ? null : keys.get(id);
            byte[] signature = signatures.get(entry.getKey());
            if (key != null && signature != null && (tag == null || tag.equals(input.text("tag")))) {
                return new SignedRequest(key, input, signature);
            }
        }
        return null;
    }

    private static String joined(List<Text> values) {
        String text = values.stream().map(Text::toString).collect(Collectors.joining(", "));
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("the field is longer than " + LONGEST + " characters");
        }
        return text;
    }
}
