package dev.gatehouse.schema;

import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/// The annotation processor. It knows the annotations by name only, so that it can be on the processor path alone.
/// Called by javac, on its thread, once per round.
///
/// Writes, beside the classes:
/// - `META-INF/gatehouse/schema/<name>.json`: JSON Schema 2020-12 of the section
/// - `META-INF/gatehouse/reference/<name>.md`: its page of the reference
/// - `META-INF/gatehouse/settings`: the names of the module's sections, one per line
/// - `META-INF/services/…`: see [ServiceFiles]
public final class SettingsProcessor extends AbstractProcessor {

    static final String SETTINGS = "dev.gatehouse.api.config.Settings";
    private static final String FOLDER = "META-INF/gatehouse/";

    private final Set<String> names = new TreeSet<>();
    private @Nullable ServiceFiles services;

    /// All: a class is found by what it implements, too.
    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        ServiceFiles files = services == null ? new ServiceFiles(processingEnv, this::mistake) : services;
        services = files;
        files.look(round);
        Set<Element> slots = slots(round, files);
        for (TypeElement annotation : annotations) {
            if (annotation.getQualifiedName().contentEquals(SETTINGS)) {
                for (Element element : round.getElementsAnnotatedWith(annotation)) {
                    write(element, slots.contains(element));
                }
            }
        }
        if (round.processingOver()) {
            files.write();
            if (!names.isEmpty()) {
                writeResource("settings", String.join("\n", names) + "\n", null);
            }
        }
        return false;
    }

    /// The records that are settings of policies.
    private Set<Element> slots(RoundEnvironment round, ServiceFiles files) {
        Set<Element> slots = new HashSet<>();
        for (TypeElement type : ElementFilter.typesIn(round.getRootElements())) {
            DeclaredType factory = files.implementation(type, ServiceFiles.POLICY_FACTORY);
            if (factory != null) {
                factory.getTypeArguments()
                        .forEach(
                                config -> slots.add(processingEnv.getTypeUtils().asElement(config)));
            }
        }
        return slots;
    }

    private void write(Element element, boolean slot) {
        if (element.getKind() != ElementKind.RECORD || !(element instanceof TypeElement type)) {
            mistake(element, "@Settings is for records");
            return;
        }
        Section section = new SectionReader(processingEnv.getTypeUtils(), this::mistake).read(type, slot);
        if (section == null) {
            return;
        }
        if (!names.add(section.name())) {
            mistake(element, "another record is already called " + section.name());
            return;
        }
        writeResource("schema/" + section.name() + ".json", JsonSchema.of(section), element);
        writeResource("reference/" + section.name() + ".md", ReferencePage.of(section), element);
    }

    private void writeResource(String name, String content, @Nullable Element from) {
        Element[] origins = from == null ? new Element[0] : new Element[] {from};
        try (Writer writer = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", FOLDER + name, origins)
                .openWriter()) {
            writer.write(content);
        } catch (IOException e) {
            mistake(null, "cannot write " + name + ": " + e);
        }
    }

    private void mistake(@Nullable Element where, String what) {
        if (where == null) {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, what);
        } else {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, what, where);
        }
    }
}
