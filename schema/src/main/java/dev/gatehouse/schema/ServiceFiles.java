package dev.gatehouse.schema;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/// The files by which a gateway finds what a module adds to it: top-level classes that implement one of
/// [#SERVICES] are listed in `META-INF/services/…`, in alphabetical order, so that nobody forgets one.
///
/// A file of that name which the module brings itself is left as it is; it has to name every class found here.
final class ServiceFiles {

    static final String POLICY_FACTORY = "dev.gatehouse.api.policy.PolicyFactory";
    private static final List<String> SERVICES = List.of(
            POLICY_FACTORY,
            "dev.gatehouse.api.config.ConfigSection",
            "dev.gatehouse.api.identity.AuthenticatorFactory",
            "dev.gatehouse.api.state.StoreFactory");

    /// Tells a file that was written here from one of the module's own.
    private static final String HEADING = "# Written when the module is compiled, from its classes.";

    private final Elements elements;
    private final Types types;
    private final Filer filer;
    private final BiConsumer<@Nullable Element, String> mistakes;
    private final Map<String, Set<String>> found = new TreeMap<>();

    ServiceFiles(ProcessingEnvironment environment, BiConsumer<@Nullable Element, String> mistakes) {
        this.elements = environment.getElementUtils();
        this.types = environment.getTypeUtils();
        this.filer = environment.getFiler();
        this.mistakes = mistakes;
    }

    /// Remembers the providers among the classes of this round.
    void look(RoundEnvironment round) {
        for (TypeElement type : ElementFilter.typesIn(round.getRootElements())) {
            for (String service : SERVICES) {
                if (implementation(type, service) != null && isLoadable(type, service)) {
                    names(service).add(type.getQualifiedName().toString());
                }
            }
        }
    }

    /// What `type` calls the service it implements, directly or through a supertype: `PolicyFactory<StampConfig>`;
    /// null when it does not, or nobody can make one.
    @Nullable
    DeclaredType implementation(TypeElement type, String service) {
        return type.getKind().isClass()
                        && type.getNestingKind() == NestingKind.TOP_LEVEL
                        && !type.getModifiers().contains(Modifier.ABSTRACT)
                ? supertype(type.asType(), service)
                : null;
    }

    private @Nullable DeclaredType supertype(TypeMirror type, String name) {
        if (type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && element.getQualifiedName().contentEquals(name)) {
            return declared;
        }
        for (TypeMirror above : types.directSupertypes(type)) {
            DeclaredType match = supertype(above, name);
            if (match != null) {
                return match;
            }
        }
        return null;
    }

    private boolean isLoadable(TypeElement type, String service) {
        boolean constructor = type.getKind() != ElementKind.ENUM
                && ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                        .anyMatch(ServiceFiles::takesNothing);
        if (constructor && type.getModifiers().contains(Modifier.PUBLIC)) {
            return true;
        }
        mistakes.accept(
                type,
                type.getSimpleName() + ": a gateway makes its " + service.substring(service.lastIndexOf('.') + 1)
                        + " by itself: it needs a public class with a public constructor without parameters");
        return false;
    }

    private static boolean takesNothing(ExecutableElement constructor) {
        return constructor.getModifiers().contains(Modifier.PUBLIC)
                && constructor.getParameters().isEmpty();
    }

    private Set<String> names(String service) {
        return found.computeIfAbsent(service, _ -> new TreeSet<>());
    }

    /// After the last round.
    void write() {
        for (String service : SERVICES) {
            String file = "META-INF/services/" + service;
            String there = content(file);
            if (there != null && !there.startsWith(HEADING)) {
                compare(file, there, names(service));
            } else if (there != null || !names(service).isEmpty()) {
                keep(service, there == null ? "" : there);
                write(file, HEADING + "\n" + String.join("", lines(names(service))));
            }
        }
    }

    private void compare(String file, String own, Set<String> names) {
        Set<String> missing = new TreeSet<>(names);
        own.lines().map(line -> line.replaceFirst("#.*", "").strip()).forEach(missing::remove);
        for (String name : missing) {
            mistakes.accept(
                    elements.getTypeElement(name),
                    name + " is not in this module's own " + file
                            + ": add it there, or delete the file and have it written");
        }
    }

    /// A build of some classes only does not forget the others.
    private void keep(String service, String written) {
        for (String name : written.lines().filter(line -> !line.startsWith("#")).toList()) {
            TypeElement type = elements.getTypeElement(name);
            if (type != null && implementation(type, service) != null) {
                names(service).add(name);
            }
        }
    }

    private static List<String> lines(Set<String> names) {
        return names.stream().map(name -> name + "\n").toList();
    }

    private @Nullable String content(String file) {
        try {
            return filer.getResource(StandardLocation.CLASS_OUTPUT, "", file)
                    .getCharContent(true)
                    .toString();
        } catch (IOException e) {
            return null; // there is none
        }
    }

    private void write(String file, String content) {
        try (Writer writer =
                filer.createResource(StandardLocation.CLASS_OUTPUT, "", file).openWriter()) {
            writer.write(content);
        } catch (IOException e) {
            mistakes.accept(null, "cannot write " + file + ": " + e);
        }
    }
}
