package dev.gatehouse.policy.auth;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.policy.FileContext;
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
        headers.add(config.user(), identity -> text(identity.subject()));
        headers.add(config.roles(), identity -> identity.roles().isEmpty() ? null : list(identity.roles()));
        headers.add(
                config.consumer(),
                identity -> identity.consumer() == null
                        ? null
                        : FieldText.of(identity.consumer().name()));
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

    /// Objects are no value of a field: null for them too.
    private static @Nullable String text(@Nullable Object claim) {
        return switch (claim) {
            case null -> null;
            case Map<?, ?> _ -> null;
            case Collection<?> entries -> list(entries);
            case Object one -> FieldText.of(one.toString());
        };
    }

    /// A comma within an entry is written `%2C`: no role can pass for two.
    private static String list(Collection<?> entries) {
        return entries.stream()
                .map(entry -> FieldText.of(String.valueOf(entry)).replace(",", "%2C"))
                .collect(Collectors.joining(","));
    }

    /// Nobody but this gateway may set them, on no route.
    void reserve(FileContext file) {
        fields.forEach(field -> file.reserve(field.name()));
    }

    /// Tells the service.
    void set(Exchange exchange, Identity identity) {
        for (Field field : fields) {
            String value = field.value().apply(identity);
            if (value != null) {
                exchange.setRequestHeader(field.name(), value);
            }
        }
    }
}
