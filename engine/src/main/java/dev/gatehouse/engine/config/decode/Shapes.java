package dev.gatehouse.engine.config.decode;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.config.JsonText;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.config.Word;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Types into shapes. What it does not know is a bug of the record, and found when a gateway starts or a test runs.
final class Shapes {
    private Shapes() {}

    /// @param sized whether a number is one of bytes
    static Shape of(Type type, boolean sized) {
        if (type == int.class || type == Integer.class) {
            return sized ? new Shape.Size(false) : new Shape.Whole(false);
        }
        if (type == long.class || type == Long.class) {
            return sized ? new Shape.Size(true) : new Shape.Whole(true);
        }
        if (type == boolean.class || type == Boolean.class) {
            return new Shape.Flag();
        }
        if (type == String.class) {
            return new Shape.Text();
        }
        if (type == Duration.class) {
            return new Shape.Time();
        }
        if (type == JsonText.class) {
            return new Shape.Free();
        }
        if (type == FileContent.class) {
            return new Shape.Content();
        }
        if (type instanceof ParameterizedType several && several.getRawType() == List.class) {
            return new Shape.ListOf(of(several.getActualTypeArguments()[0], false));
        }
        if (type instanceof ParameterizedType several && several.getRawType() == Map.class) {
            return new Shape.MapOf(of(several.getActualTypeArguments()[1], false));
        }
        if (type instanceof Class<?> one && one.isEnum()) {
            return choice(one);
        }
        if (type instanceof Class<?> one && one.isRecord()) {
            return made(one.asSubclass(Record.class));
        }
        throw new IllegalArgumentException("a setting cannot be a " + type.getTypeName());
    }

    @SuppressWarnings("unchecked") // it is an enum
    private static Shape choice(Class<?> type) {
        List<? extends Enum<?>> constants = Arrays.asList(((Class<? extends Enum<?>>) type).getEnumConstants());
        return new Shape.Choice(
                (Class<? extends Enum<?>>) type,
                constants.stream().map(Shapes::word).toList(),
                constants.stream().map(Shapes::name).toList());
    }

    private static String word(Enum<?> constant) {
        try {
            Word word = constant.getDeclaringClass().getField(constant.name()).getAnnotation(Word.class);
            return word == null ? name(constant) : word.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalArgumentException(constant + " has no field of its own", e);
        }
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Shape made(Class<? extends Record> type) {
        List<Shape.Form> forms = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            if (isForm(type, method)) {
                forms.add(form(method));
            }
        }
        // What is narrow is tried before text, which everything is; a known word leaves no room for others.
        forms.sort(Comparator.comparingInt(form -> width(form.argument())));
        if (forms.stream().anyMatch(form -> form.argument() instanceof Shape.Choice)) {
            forms.removeIf(form -> form.argument() instanceof Shape.Text);
        }
        boolean section = type.isAnnotationPresent(Settings.class);
        if (!section && forms.isEmpty()) {
            throw new IllegalArgumentException(type.getName() + " has neither @Settings nor a public static 'of'");
        }
        return new Shape.Made(type, section, forms);
    }

    private static int width(Shape shape) {
        return switch (shape) {
            case Shape.Whole _ -> 0;
            case Shape.Time _, Shape.Size _ -> 1;
            case Shape.Choice _ -> 2;
            default -> 3;
        };
    }

    private static boolean isForm(Class<?> type, Method method) {
        return method.getName().equals("of")
                && Modifier.isStatic(method.getModifiers())
                && Modifier.isPublic(method.getModifiers())
                && method.getReturnType() == type
                && method.getParameterCount() == 1
                && (method.getParameterTypes()[0].isEnum()
                        || List.of(int.class, long.class, Duration.class, String.class, List.class, Map.class)
                                .contains(method.getParameterTypes()[0]));
    }

    private static Shape.Form form(Method method) {
        return new Shape.Form(
                of(method.getGenericParameterTypes()[0], method.getParameterTypes()[0] == long.class), method);
    }
}
