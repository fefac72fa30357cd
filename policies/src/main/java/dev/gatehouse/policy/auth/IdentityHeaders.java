package dev.gatehouse.policy.auth;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.PolicyContext;
import dev.gatehouse.api.identity.Identity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The fields by which services are told who calls.
final class IdentityHeaders {
    private final List<Field> fields = new ArrayList<>();

    private record Field(HeaderName name, Function<Identity, @Nullable String> value) {}

    static IdentityHeaders of(IdentityHeadersConfig config) {
        IdentityHeaders headers = new IdentityHeaders();
        headers.add(config.user(), Identity::subject);
        headers.add(
                config.roles(),
                identity -> identity.roles().isEmpty() ? null : String.join(",", identity.roles()));
        headers.add(
                config.consumer(),
                identity -> identity.consumer() == null
                        ? null
                        : identity.consumer().name());
        for (Map.Entry<String, String> claim : config.claims().entrySet()) {
            headers.add(claim.getKey(), identity -> text(identity.claim(claim.getValue())));
        }
        return headers;
    }

    private void add(String name, Function<Identity, @Nullable String> value) {
        if (!name.equals(IdentityHeadersConfig.NONE)) {
            fields.add(new Field(HeaderName.of(name), value));
        }
    }

    private static @Nullable String text(@Nullable Object claim) {
        return switch (claim) {
            case null -> null;
            case Collection<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(","));
            case Object one -> one.toString();
        };
    }

    /// Nobody but this gateway may set them, on no route.
    void reserve(PolicyContext context) {
        fields.forEach(field -> context.reserve(field.name()));
    }

    /// @throws IllegalArgumentException when a value cannot stand in a field
    void set(Exchange exchange, Identity identity) {
        for (Field field : fields) {
            String value = field.value().apply(identity);
            if (value != null) {
                exchange.setRequestHeader(field.name(), FieldText.of(value));
            }
        }
    }
}
