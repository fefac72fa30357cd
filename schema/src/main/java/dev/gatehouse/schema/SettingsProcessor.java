package dev.gatehouse.schema;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
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
public final class SettingsProcessor extends AbstractProcessor {

    static final String SETTINGS = "dev.gatehouse.api.config.Settings";
    private static final String FOLDER = "META-INF/gatehouse/";

    private final Set<String> names = new TreeSet<>();

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(SETTINGS);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                write(element);
            }
        }
        if (round.processingOver() && !names.isEmpty()) {
            writeResource("settings", String.join("\n", names) + "\n", null);
        }
        return false;
    }

    private void write(Element element) {
        if (element.getKind() != ElementKind.RECORD || !(element instanceof TypeElement type)) {
            mistake(element, "@Settings is for records");
            return;
        }
        Section section = new SectionReader(processingEnv.getTypeUtils(), this::mistake).read(type);
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
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, "cannot write " + name + ": " + e);
        }
    }

    private void mistake(Element where, String what) {
        processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, what, where);
    }
}
