package dev.gatehouse.api.template;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The name of a value a template inserts: `{userId}`, a path parameter, or `{query.lang}`, a fact. Made when the
/// configuration is loaded; whatever it is looked up by is worked out then.
public final class Reference {
    /// The group of path parameters, which are written without one.
    public static final String PARAMETER = "";

    /// The groups every exchange has. A path parameter may not be called like one of them.
    public static final Set<String> GROUPS =
            Set.of("query", "header", "cookie", "client", "request", "jwt", "consumer");

    private final String group;
    private final String name;
    private final byte[] octets;
    private final int hash;

    private Reference(String group, String name) {
        this.group = group;
        this.name = name;
        this.octets = name.getBytes(StandardCharsets.UTF_8);
        this.hash = 31 * group.hashCode() + name.hashCode();
    }

    public static Reference parameter(String name) {
        return new Reference(PARAMETER, name);
    }

    /// A fact; the name of a header is folded to lower case.
    public static Reference fact(String group, String name) {
        return new Reference(group, group.equals("header") ? name.toLowerCase(Locale.ROOT) : name);
    }

    public boolean isParameter() {
        return group.isEmpty();
    }

    /// `query`, `header`, …; [#PARAMETER] for a path parameter.
    public String group() {
        return group;
    }

    /// What it is called within its group.
    public String name() {
        return name;
    }

    /// The name in UTF-8, that of a header in lower case. Shared: never written to.
    public byte[] octets() {
        return octets;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Reference that
                && hash == that.hash
                && group.equals(that.group)
                && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /// As it is written between braces.
    @Override
    public String toString() {
        return isParameter() ? name : group + "." + name;
    }
}
