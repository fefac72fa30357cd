/// Run by the build: writes the classes of a jar again, in the format of Java 8, when theirs is older. The code is the
/// same; what is added are the stack maps that came with Java 6.
///
/// Classes without them are checked by a verifier that leaves nothing behind for the JVM to keep, so they never get
/// into its AOT cache: picocli's 150 were read, checked and linked at every start, 80 ms of 530.
///
/// @param args the jar
void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    try (FileSystem files = FileSystems.newFileSystem(jar);
            Stream<Path> all = Files.walk(files.getPath("/"))) {
        ClassFile format = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS, knowing(files));
        for (Path file : all.filter(one -> one.toString().endsWith(".class")).toList()) {
            ClassModel old = format.parse(Files.readAllBytes(file));
            if (old.majorVersion() < ClassFile.JAVA_6_VERSION) {
                FileTime written = Files.getLastModifiedTime(file);
                Files.write(file, format.transformClass(old, current()));
                Files.setLastModifiedTime(file, written);
            }
        }
    }
}

/// The classes of the jar and of the JDK: a stack map names the class that two have in common.
ClassFile.ClassHierarchyResolverOption knowing(FileSystem files) {
    ClassHierarchyResolver ofJar = ClassHierarchyResolver.ofResourceParsing(type -> {
        Path file = files.getPath(type.packageName().replace('.', '/'), type.displayName() + ".class");
        try {
            return Files.exists(file) ? Files.newInputStream(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    });
    return ClassFile.ClassHierarchyResolverOption.of(ofJar.orElse(ClassHierarchyResolver.defaultResolver()));
}

/// Methods that nobody touches would be copied as they are, without stack maps.
ClassTransform current() {
    ClassTransform version = (to, part) ->
            to.with(part instanceof ClassFileVersion ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0) : part);
    return version.andThen(ClassTransform.transformingMethodBodies((to, part) -> to.with(part)));
}
