package dev.gatehouse.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/// Types of components into what may be written for them.
final class TypeReader {

    private static final String WORD = "dev.gatehouse.api.config.Word";
    private static final String JSON = "dev.gatehouse.api.config.JsonText";
    private static final String CONTENT = "dev.gatehouse.api.config.FileContent";

    /// The parameter of an `of` that takes a number of bytes.
    private static final String SIZE_FORM = "long";

    private static final String LIST = "java.util.List";
    private static final String MAP = "java.util.Map";
    private static final Set<String> FORMS =
            Set.of("int", SIZE_FORM, "java.lang.String", "java.time.Duration", LIST, MAP);

    private final Types types;

    TypeReader(Types types) {
        this.types = types;
    }

    /// Null for a type a file cannot hold.
    ///
    /// @param written defaults and bounds: a size among them makes a number one of bytes
    /// @param boxes whether `Integer` and its like are allowed
    @Nullable
    ValueType read(TypeMirror type, List<String> written, boolean boxes) {
        if (isA(type, LIST)) {
            ValueType entry = argument(type, 1);
            return entry == null ? null : new ValueType.Several(entry);
        }
        if (isA(type, MAP)) {
            ValueType value = argument(type, 2);
            return value == null ? null : new ValueType.Named(value);
        }
        return single(type, written, boxes);
    }

    /// The last of so many type arguments; the first of two is a String.
    private @Nullable ValueType argument(TypeMirror several, int count) {
        List<? extends TypeMirror> arguments = ((DeclaredType) several).getTypeArguments();
        if (arguments.size() != count
                || isA(arguments.getLast(), LIST)
                || isA(arguments.getLast(), MAP)
                || (count == 2 && !isA(arguments.getFirst(), "java.lang.String"))) {
            return null;
        }
        return single(arguments.getLast(), List.of(), true);
    }

    private @Nullable ValueType single(TypeMirror type, List<String> written, boolean boxes) {
        return switch (nameOf(type)) {
            case "int", "long" -> number(written);
            case "java.lang.Integer", "java.lang.Long" -> boxes ? number(written) : null;
            case "boolean" -> new ValueType.Flag();
            case "java.lang.Boolean" -> boxes ? new ValueType.Flag() : null;
            case "java.lang.String" -> new ValueType.Text();
            case "java.time.Duration" -> new ValueType.Time();
            case JSON -> new ValueType.Free();
            case CONTENT -> new ValueType.Content();
            default -> enumOrSection(type);
        };
    }

    private static ValueType number(List<String> written) {
        return written.stream().anyMatch(Units::isSize) ? new ValueType.Size() : new ValueType.Whole();
    }

    private @Nullable ValueType enumOrSection(TypeMirror type) {
        Element element = types.asElement(type);
        if (element == null) {
            return null;
        }
        if (element.getKind() == ElementKind.ENUM) {
            return choice(element);
        }
        return element.getKind() == ElementKind.RECORD ? section(element) : null;
    }

    private static ValueType choice(Element type) {
        List<String> words = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Element constant : type.getEnclosedElements()) {
            if (constant.getKind() == ElementKind.ENUM_CONSTANT) {
                String name = constant.getSimpleName().toString().toLowerCase(Locale.ROOT);
                String word = SectionReader.word(constant, WORD, "value");
                words.add(word.isEmpty() ? name : word);
                if (!word.isEmpty()) {
                    others.add(name);
                }
            }
        }
        return new ValueType.Choice(words, others);
    }

    /// Its short forms, and itself when it has settings.
    private @Nullable ValueType section(Element type) {
        List<ValueType> forms = forms(type);
        if (SectionReader.annotation(type, SettingsProcessor.SETTINGS) != null) {
            forms.add(new ValueType.Nested(SectionReader.word(type, SettingsProcessor.SETTINGS, "name")));
        }
        return switch (forms.size()) {
            case 0 -> null;
            case 1 -> forms.getFirst();
            default -> new ValueType.Either(forms);
        };
    }

    /// How a record may be written without its keys.
    List<ValueType> forms(Element type) {
        List<ValueType> forms = new ArrayList<>();
        for (Element member : type.getEnclosedElements()) {
            if (isForm(type, member)) {
                TypeMirror parameter =
                        ((ExecutableElement) member).getParameters().getFirst().asType();
                boolean size = nameOf(parameter).equals(SIZE_FORM);
                ValueType form = size ? new ValueType.Size() : read(parameter, List.of(), false);
                if (form != null) {
                    forms.add(form);
                }
            }
        }
        if (forms.stream().anyMatch(ValueType.Choice.class::isInstance)) {
            forms.removeIf(ValueType.Text.class::isInstance); // of a known word; others are refused
        }
        return forms;
    }

    private boolean isEnum(TypeMirror type) {
        Element element = types.asElement(type);
        return element != null && element.getKind() == ElementKind.ENUM;
    }

    /// `public static Type of(int | long | String | Duration | an enum | List | Map)`
    private boolean isForm(Element type, Element member) {
        return member instanceof ExecutableElement method
                && method.getSimpleName().contentEquals("of")
                && method.getModifiers().containsAll(Set.of(Modifier.PUBLIC, Modifier.STATIC))
                && types.isSameType(method.getReturnType(), type.asType())
                && method.getParameters().size() == 1
                && (isEnum(method.getParameters().getFirst().asType())
                        || FORMS.contains(
                                nameOf(method.getParameters().getFirst().asType())));
    }

    private boolean isA(TypeMirror type, String name) {
        return types.asElement(type) instanceof TypeElement element
                && element.getQualifiedName().contentEquals(name);
    }

    /// Whether it has entries.
    boolean isCounted(TypeMirror type) {
        return isA(type, LIST) || isA(type, MAP);
    }

    /// Its name without annotations.
    String nameOf(TypeMirror type) {
        if (type.getKind() == TypeKind.DECLARED && types.asElement(type) instanceof TypeElement element) {
            return element.getQualifiedName().toString();
        }
        return type.getKind().isPrimitive() ? type.getKind().name().toLowerCase(Locale.ROOT) : type.toString();
    }
}
