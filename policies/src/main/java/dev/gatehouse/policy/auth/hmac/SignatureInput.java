package dev.gatehouse.policy.auth.hmac;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a signature says it covers, and how it was made: one member of `Signature-Input` (RFC 9421 §4.1).
///
/// @param parameters in their order, which is signed too
record SignatureInput(List<Component> components, Map<String, FieldValue> parameters) {
    /// A part of the message, such as `"@method"` or `"date"`.
    record Component(String name, Map<String, FieldValue> parameters) {}

    @Nullable
    String text(String parameter) {
        return parameters.get(parameter) instanceof FieldValue.Text(String value) ? value : null;
    }

    @Nullable
    Long whole(String parameter) {
        return parameters.get(parameter) instanceof FieldValue.Whole(long value) ? value : null;
    }

    boolean has(String parameter) {
        return parameters.containsKey(parameter);
    }

    /// The names of all components.
    ///
    /// @throws IllegalArgumentException when one comes twice (RFC 9421 §2.5)
    Set<String> covered() {
        Set<String> names = new HashSet<>();
        for (Component component : components) {
            if (!names.add(component.name())) {
                throw new IllegalArgumentException("the signature covers a component twice");
            }
        }
        return names;
    }

    /// As it is signed itself (RFC 9421 §2.3).
    void write(StringBuilder out) {
        out.append('(');
        for (int i = 0; i < components.size(); i++) {
            if (i > 0) {
                out.append(' ');
            }
            write(components.get(i), out);
        }
        out.append(')');
        write(parameters, out);
    }

    static void write(Component component, StringBuilder out) {
        FieldValue.write(new FieldValue.Text(component.name()), out);
        write(component.parameters(), out);
    }

    private static void write(Map<String, FieldValue> parameters, StringBuilder out) {
        parameters.forEach((name, value) -> {
            out.append(';').append(name);
            if (!(value instanceof FieldValue.Flag(boolean flag) && flag)) {
                out.append('=');
                FieldValue.write(value, out);
            }
        });
    }
}
