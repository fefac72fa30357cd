package dev.gatehouse.engine.config.decode;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a `@Settings` record says of itself: its keys, in order, and how it is made. Read once per record.
public final class RecordShape {
    private static final ClassValue<RecordShape> KNOWN = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type.asSubclass(Record.class));
        }
    };

    private static final Pattern NEW_WORD = Pattern.compile("[A-Z]|(?<=[a-z])[0-9](?=xx)");

    private final String name;
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final List<Key> inOrder;
    private final Constructor<?> constructor;
    private final List<Key> required;
    private final @Nullable Object[] defaults;

    /// One key.
    ///
    /// @param byDefault as the user would write it; empty when there is none
    /// @param nullable whether it may be left out without a default
    record Key(String name, int position, Shape shape, String byDefault, boolean nullable, Shape.Bounds bounds) {
        /// A word that may stand instead of the value: `auto`, or `none` for a list. Empty when there is none.
        String word() {
            boolean word = switch (shape) {
                case Shape.Whole _, Shape.Size _, Shape.Time _ ->
                    !byDefault.isEmpty() && Character.isLetter(byDefault.charAt(0));
                case Shape.ListOf _ -> byDefault.equals("none");
                default -> false;
            };
            return word ? byDefault : "";
        }
    }

    private RecordShape(Class<? extends Record> type) {
        Settings settings = type.getAnnotation(Settings.class);
        if (settings == null) {
            throw new IllegalArgumentException(type.getName() + " has no @Settings");
        }
        this.name = settings.name();
        RecordComponent[] components = type.getRecordComponents();
        List<Key> read = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            Key key = key(components[i], i);
            read.add(key);
            keys.put(key.name(), key);
        }
        this.inOrder = List.copyOf(read);
        this.constructor = constructor(type, components);
        this.required = inOrder.stream().filter(RecordShape::isRequired).toList();
        this.defaults = Defaults.read(inOrder);
    }

    public static RecordShape of(Class<? extends Record> type) {
        return KNOWN.get(type);
    }

    /// The section's own name: `listener.limits`.
    public String name() {
        return name;
    }

    public List<String> keyNames() {
        return List.copyOf(keys.keySet());
    }

    public boolean has(String key) {
        return keys.containsKey(key);
    }

    @Nullable
    Key key(String keyName) {
        return keys.get(keyName);
    }

    List<Key> keys() {
        return inOrder;
    }

    @Nullable
    Object[] defaults() {
        return defaults;
    }

    /// The keys a user has to write.
    List<Key> required() {
        return required;
    }

    /// A section that holds itself, within a list or as nullable, does not end up here again: it can be left out.
    private static boolean isRequired(Key key) {
        if (key.nullable() || !key.byDefault().isEmpty()) {
            return false;
        }
        return switch (key.shape()) {
            case Shape.ListOf _, Shape.MapOf _ -> {
                String min = key.bounds().min();
                yield min != null && !min.equals("0");
            }
            case Shape.Made made
            when made.section() -> !of(made.type()).required.isEmpty();
            default -> true;
        };
    }

    /// @throws IllegalArgumentException when the record refuses the values
    Record make(@Nullable Object[] values) {
        return (Record) Invoke.make(constructor, values);
    }

    private static Key key(RecordComponent component, int position) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalArgumentException(component + " has no @Setting");
        }
        boolean sized = Units.isSize(setting.byDefault()) || Units.isSize(setting.min()) || Units.isSize(setting.max());
        String min = setting.min().isEmpty() ? null : setting.min();
        String max = setting.max().isEmpty() ? null : setting.max();
        return new Key(
                snakeCase(component.getName()),
                position,
                Shapes.of(component.getGenericType(), sized),
                setting.byDefault(),
                isNullable(component),
                new Shape.Bounds(min, max));
    }

    private static boolean isNullable(RecordComponent component) {
        return !component.getType().isPrimitive()
                && component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Constructor<?> constructor(Class<? extends Record> type, RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getConstructor(types);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getName() + " needs a public constructor", e);
        }
    }

    /// `firstByte` → `first_byte`, `consecutive5xx` → `consecutive_5xx`.
    static String snakeCase(String camelCase) {
        return NEW_WORD.matcher(camelCase).replaceAll("_$0").toLowerCase(Locale.ROOT);
    }
}
