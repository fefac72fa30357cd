package dev.gatehouse.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/// Reads a `@Settings` record through javac's mirrors. Every mistake goes to `mistakes` with the component it is
/// at; all of them, not only the first.
final class SectionReader {

    private static final String SETTING = "dev.gatehouse.api.config.Setting";
    private static final String SECTION_NAME = "[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*";
    private static final String CAMEL_CASE = "[a-z][a-z0-9]*([A-Z][a-z0-9]+)*";

    private final Types types;
    private final TypeReader typeReader;
    private final BiConsumer<Element, String> mistakes;

    SectionReader(Types types, BiConsumer<Element, String> mistakes) {
        this.types = types;
        this.typeReader = new TypeReader(types);
        this.mistakes = mistakes;
    }

    /// The section, or null when it has mistakes.
    ///
    /// @param slot whether it is the settings of a policy
    @Nullable
    Section read(TypeElement type, boolean slot) {
        String name = word(type, SettingsProcessor.SETTINGS, "name");
        String sentence = word(type, SettingsProcessor.SETTINGS, "value");
        boolean good = true;
        if (!name.matches(SECTION_NAME)) {
            good = mistake(type, "the name '" + name + "' is not snake_case words joined by dots");
        }
        if (sentence.isBlank()) {
            good = mistake(type, "say in one sentence what the section is for");
        }
        List<Section.Key> keys = new ArrayList<>();
        for (RecordComponentElement component : type.getRecordComponents()) {
            Section.Key key = key(component);
            if (key != null && slot && Section.isOfSlots(key.name())) {
                mistake(component, "every policy has a key of this name already; call it otherwise");
            } else if (key != null) {
                keys.add(key);
            }
        }
        return good && keys.size() == type.getRecordComponents().size()
                ? new Section(name, sentence, keys, typeReader.forms(type), slot)
                : null;
    }

    private Section.@Nullable Key key(RecordComponentElement component) {
        if (annotation(component, SETTING) == null) {
            mistake(component, "describe it with @Setting(\"…\"): what it does for the user, its unit, its limits");
            return null;
        }
        String meaning = word(component, SETTING, "value");
        String byDefault = word(component, SETTING, "byDefault");
        String min = word(component, SETTING, "min");
        String max = word(component, SETTING, "max");
        boolean good = true;
        if (meaning.isBlank() || meaning.contains("\n")) {
            good = mistake(component, "describe it in one line: what it does for the user, its unit, its limits");
        }
        String camelCase = component.getSimpleName().toString();
        if (!camelCase.matches(CAMEL_CASE)) {
            good = mistake(component, "its name does not turn into a snake_case key; write it like maxHeaderCount");
        }
        ValueType type = type(component, List.of(byDefault, min, max));
        if (type == null) {
            return null;
        }
        boolean required = isRequired(component, new HashSet<>());
        Section.Key key = new Section.Key(snakeCase(camelCase), meaning, type, required, byDefault, min, max);
        return fits(component, key) && good ? key : null;
    }

    // --- types ---

    private @Nullable ValueType type(RecordComponentElement component, List<String> written) {
        TypeMirror type = component.asType();
        ValueType known = typeReader.read(type, written, isNullable(component));
        if (known == null) {
            mistake(
                    component,
                    "a setting cannot be a " + typeReader.nameOf(type)
                            + "; it may be an int, long, boolean, String, Duration, JsonText, FileContent, enum, @Settings record or "
                            + "record with a public static 'of', a List of these, a Map of String to these, or "
                            + "@Nullable Integer, Long, Boolean");
        }
        return known;
    }

    /// javac shows an annotation on a type sometimes on the component, sometimes only on its accessor.
    private static boolean isNullable(RecordComponentElement component) {
        List<AnnotationMirror> all = new ArrayList<>(component.getAnnotationMirrors());
        all.addAll(component.asType().getAnnotationMirrors());
        all.addAll(component.getAccessor().getReturnType().getAnnotationMirrors());
        return all.stream()
                .anyMatch(annotation -> annotation
                        .getAnnotationType()
                        .asElement()
                        .getSimpleName()
                        .contentEquals("Nullable"));
    }

    /// A record that names itself within a list or as nullable ends the search: it can be left out there.
    private boolean isRequired(RecordComponentElement component, Set<Element> above) {
        if (isNullable(component) || !word(component, SETTING, "byDefault").isEmpty()) {
            return false;
        }
        TypeMirror type = component.asType();
        if (typeReader.isCounted(type)) {
            String min = word(component, SETTING, "min");
            return !min.isEmpty() && !min.equals("0");
        }
        if (types.asElement(type) instanceof TypeElement nested
                && annotation(nested, SettingsProcessor.SETTINGS) != null) {
            return above.add(nested)
                    && nested.getRecordComponents().stream().anyMatch(inner -> isRequired(inner, above));
        }
        return true;
    }

    // --- defaults and bounds ---

    private boolean fits(RecordComponentElement at, Section.Key key) {
        ValueType type = key.type();
        boolean good = true;
        if (!type.hasBounds() && !(key.min() + key.max()).isEmpty()) {
            good = mistake(at, "min and max mean nothing for a " + typeReader.nameOf(at.asType()));
        } else {
            good &= isBound(at, type, "min", key.min());
            good &= isBound(at, type, "max", key.max());
        }
        if (!key.word().isEmpty() && !type.isCounted() && !isNullable(at)) {
            good = mistake(
                    at, "'" + key.word() + "' is no number: a word as the default needs @Nullable, and gives null");
        }
        good &= !key.word().isEmpty() || isDefault(at, type, key.byDefault());
        return good && inOrder(at, key);
    }

    private boolean isBound(RecordComponentElement at, ValueType type, String which, String written) {
        return written.isEmpty()
                || Units.parse(type, written) != null
                || mistake(at, which + ": '" + written + "' (expected: " + example(type) + ")");
    }

    private boolean isDefault(RecordComponentElement at, ValueType type, String written) {
        if (written.isEmpty()) {
            return true;
        }
        if (type instanceof ValueType.Nested(String section)) {
            return mistake(at, "its default is that of the keys of " + section + "; leave byDefault out");
        }
        if (type instanceof ValueType.Either(List<ValueType> forms)) {
            return forms.stream().anyMatch(ValueType.Text.class::isInstance)
                    || mistake(at, "its default is that of its keys; leave byDefault out");
        }
        if (type instanceof ValueType.Several(ValueType entry)) {
            boolean good = true;
            for (String one : Units.entries(written)) {
                good &= isDefault(at, entry, one);
            }
            return good;
        }
        boolean good = switch (type) {
            case ValueType.Text _ -> true;
            case ValueType.Flag _ -> written.equals("true") || written.equals("false");
            case ValueType.Choice choice -> choice.words().contains(written);
            default -> Units.parse(type, written) != null;
        };
        return good || mistake(at, "byDefault: '" + written + "' (expected: " + example(type) + ")");
    }

    private boolean inOrder(RecordComponentElement at, Section.Key key) {
        Long least = Units.parse(key.type(), key.min());
        Long greatest = Units.parse(key.type(), key.max());
        Long usual = Units.parse(key.type(), key.byDefault());
        if (key.type() instanceof ValueType.Several && !key.byDefault().isEmpty()) {
            usual = key.word().isEmpty() ? Units.entries(key.byDefault()).size() : 0L;
        }
        if (least != null && greatest != null && least > greatest) {
            return mistake(at, "min " + key.min() + " is above max " + key.max());
        }
        if (usual != null && ((least != null && usual < least) || (greatest != null && usual > greatest))) {
            return mistake(at, "byDefault '" + key.byDefault() + "' is outside of its bounds");
        }
        return true;
    }

    private static String example(ValueType type) {
        return switch (type) {
            case ValueType.Whole _, ValueType.Several _, ValueType.Named _ -> "a number like 100";
            case ValueType.Size _ -> "a size like 64KiB";
            case ValueType.Time _ -> "a time like 30s";
            case ValueType.Flag _ -> "true or false";
            case ValueType.Choice choice -> "one of " + String.join(", ", choice.words());
            case ValueType.Text _, ValueType.Nested _, ValueType.Free _, ValueType.Content _, ValueType.Either _ ->
                "text";
        };
    }

    // --- mirrors ---

    static @Nullable AnnotationMirror annotation(Element element, String name) {
        for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
            if (annotation.getAnnotationType().asElement() instanceof TypeElement type
                    && type.getQualifiedName().contentEquals(name)) {
                return annotation;
            }
        }
        return null;
    }

    /// A member of the annotation as text, empty when it was left out.
    static String word(Element element, String annotationName, String member) {
        AnnotationMirror annotation = annotation(element, annotationName);
        if (annotation == null) {
            return "";
        }
        for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                annotation.getElementValues().entrySet()) {
            if (entry.getKey().getSimpleName().contentEquals(member)) {
                return entry.getValue().getValue().toString();
            }
        }
        return "";
    }

    /// `firstByte` → `first_byte`, `consecutive5xx` → `consecutive_5xx`.
    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z]|(?<=[a-z])[0-9](?=xx))", "_$1").toLowerCase(Locale.ROOT);
    }

    private boolean mistake(Element where, String what) {
        mistakes.accept(where, where.getSimpleName() + ": " + what);
        return false;
    }
}
