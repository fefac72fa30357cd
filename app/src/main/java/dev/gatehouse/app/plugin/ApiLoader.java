package dev.gatehouse.app.plugin;

import java.util.List;

/// What a plug-in sees of the gateway: the API and JSpecify, beside the JDK. Not the engine, which may change with
/// every version; not its libraries, so that a plug-in may bring other versions of them; not other plug-ins.
final class ApiLoader extends ClassLoader {
    private static final List<String> VISIBLE = List.of("dev.gatehouse.api.", "org.jspecify.annotations.");

    static {
        registerAsParallelCapable();
    }

    /// One for all plug-ins: it holds nothing of theirs.
    static final ApiLoader INSTANCE = new ApiLoader();

    private final ClassLoader gateway = ApiLoader.class.getClassLoader();

    private ApiLoader() {
        super("gatehouse-api", ClassLoader.getPlatformClassLoader());
    }

    /// Asked when the JDK does not have it.
    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (VISIBLE.stream().anyMatch(name::startsWith)) {
            return gateway.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
