package dev.gatehouse.app.plugin;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The classes of one plug-in, from memory. What the JDK and the API have comes from there; everything else from the
/// plug-in alone.
final class PluginLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> entries;

    /// @param plugin as messages call it
    /// @param entries contents by name, `com/example/Vip.class`
    PluginLoader(String plugin, Map<String, byte[]> entries) {
        super(plugin, ApiLoader.INSTANCE);
        this.entries = entries;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] octets = entries.get(name.replace('.', '/') + ".class");
        if (octets == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, octets, 0, octets.length);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        byte[] octets = entries.get(name);
        return octets == null ? null : url(name, octets);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL found = findResource(name);
        return Collections.enumeration(found == null ? List.of() : List.of(found));
    }

    /// `plugin:/vip.jar/META-INF/services/…`, which only this object can open.
    private URL url(String name, byte[] octets) {
        try {
            return URL.of(new URI("plugin", null, "/" + getName() + "/" + name, null), new InMemory(octets));
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Opens one entry.
    private static final class InMemory extends URLStreamHandler {
        private final byte[] octets;

        private InMemory(byte[] octets) {
            this.octets = octets;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(octets);
                }

                @Override
                public long getContentLengthLong() {
                    return octets.length;
                }
            };
        }
    }
}
