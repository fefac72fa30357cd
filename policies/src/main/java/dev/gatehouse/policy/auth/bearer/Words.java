package dev.gatehouse.policy.auth.bearer;

import java.util.List;

/// One word or several, as the user likes to write it: `audience: shop` or `audience: [ shop, portal ]`.
///
/// @param values at least one, none of them empty
public record Words(List<String> values) {
    public Words {
        values = List.copyOf(values);
        if (values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("at least one word is needed, and none may be empty");
        }
    }

    public static Words of(String word) {
        return new Words(List.of(word));
    }

    public static Words of(List<String> words) {
        return new Words(words);
    }
}
