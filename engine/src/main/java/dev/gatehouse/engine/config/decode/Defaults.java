package dev.gatehouse.engine.config.decode;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What holds where the user writes nothing, as the records say it. A default that cannot be read is a bug of the
/// record.
final class Defaults {
    private Defaults() {}

    /// The arguments of a record's constructor when nothing is written; null too for what must be written.
    static @Nullable Object[] of(RecordShape shape) {
        return shape.defaults().clone();
    }

    static @Nullable Object[] read(List<RecordShape.Key> keys) {
        return keys.stream().map(Defaults::value).toArray();
    }

    /// What the word instead of a value stands for: nothing of its kind.
    static @Nullable Object word(RecordShape.Key key) {
        return key.shape() instanceof Shape.ListOf ? List.of() : null;
    }

    private static @Nullable Object value(RecordShape.Key key) {
        String text = key.byDefault();
        if (!key.word().isEmpty()) {
            return word(key);
        }
        if (!text.isEmpty()) {
            return Objects.requireNonNull(parse(key.shape(), text), () -> key.name() + ": bad default " + text);
        }
        if (key.nullable()) {
            return null;
        }
        return switch (key.shape()) {
            case Shape.ListOf _ -> List.of();
            case Shape.MapOf _ -> Map.of();
            case Shape.Made made when made.section() -> section(made);
            default -> null;
        };
    }

    private static @Nullable Object section(Shape.Made made) {
        RecordShape shape = RecordShape.of(made.type());
        return shape.required().isEmpty() ? shape.make(of(shape)) : null;
    }

    private static @Nullable Object parse(Shape shape, String text) {
        return switch (shape) {
            case Shape.Whole(boolean wide) -> narrowed(Units.whole(text), wide);
            case Shape.Size(boolean wide) -> narrowed(Units.size(text), wide);
            case Shape.Time _ -> Units.time(text);
            case Shape.Flag _ -> Boolean.valueOf(text);
            case Shape.Text _ -> text;
            case Shape.Choice choice -> constant(choice, text);
            case Shape.ListOf(Shape entry) ->
                Arrays.stream(text.split("\\s*,\\s*"))
                        .map(one -> Objects.requireNonNull(parse(entry, one)))
                        .toList();
            case Shape.Made made -> made(made, text);
            case Shape.Free _, Shape.MapOf _, Shape.Content _ -> null;
        };
    }

    private static @Nullable Object made(Shape.Made made, String text) {
        Shape.Form form = made.form(Shape.Text.class).orElse(null);
        if (form != null) {
            return Invoke.call(form.of(), text);
        }
        Shape.Form timed = made.form(Shape.Time.class).orElse(null);
        Duration time = Units.time(text);
        return timed == null || time == null ? null : Invoke.call(timed.of(), time);
    }

    static @Nullable Object narrowed(@Nullable Long number, boolean wide) {
        if (number == null || wide) {
            return number;
        }
        int narrow = number.intValue();
        return narrow == number ? narrow : null;
    }

    static @Nullable Object constant(Shape.Choice choice, String word) {
        int index = Math.max(choice.words().indexOf(word), choice.names().indexOf(word));
        return index < 0 ? null : choice.type().getEnumConstants()[index];
    }
}
