package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.template.Facts;
import dev.gatehouse.api.template.Reference;
import dev.gatehouse.engine.net.IpAddress;
import dev.gatehouse.http1.FieldBlock;
import dev.gatehouse.http1.ParsedRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The facts of a request: headers that are forwarded, cookies, values of the query as they were sent, where it comes
/// from.
final class RequestFacts implements Facts {
    private static final byte[] COOKIE = "cookie".getBytes(StandardCharsets.US_ASCII);
    private static final int COOKIE_HASH = FieldBlock.hash(COOKIE);

    private final ParsedRequest request;
    private final Provenance provenance;

    RequestFacts(ParsedRequest request, Provenance provenance) {
        this.request = request;
        this.provenance = provenance;
    }

    @Override
    public @Nullable CharSequence value(Reference reference) {
        return switch (reference.group()) {
            case "header" -> header(reference.octets());
            case "cookie" -> cookie(reference.name());
            case "query" -> request.hasQuery() ? pair(request.query(), '&', reference.name()) : null;
            case "client" -> IpAddress.text(provenance.clientAddress());
            default -> null;
        };
    }

    private @Nullable String header(byte[] name) {
        int hash = FieldBlock.hash(name);
        int field = request.find(name, hash, 0);
        while (field >= 0 && request.dropped(field)) {
            field = request.find(name, hash, field + 1);
        }
        return field < 0 ? null : request.value(field);
    }

    private @Nullable String cookie(String name) {
        for (int field = request.find(COOKIE, COOKIE_HASH, 0);
                field >= 0;
                field = request.find(COOKIE, COOKIE_HASH, field + 1)) {
            String value = pair(request.value(field), ';', name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /// The value behind `name=` in pairs between separators.
    private static @Nullable String pair(String pairs, char separator, String name) {
        int at = 0;
        while (at < pairs.length()) {
            int end = pairs.indexOf(separator, at);
            end = end < 0 ? pairs.length() : end;
            while (at < end && pairs.charAt(at) == ' ') {
                at++;
            }
            int value = at + name.length();
            if (value < end && pairs.charAt(value) == '=' && pairs.startsWith(name, at)) {
                return pairs.substring(value + 1, end);
            }
            at = end + 1;
        }
        return null;
    }
}
