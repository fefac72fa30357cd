package dev.gatehouse.engine.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The routes of each host pattern. Names are hashed from their end, so that one pass over a request's host meets
/// every domain it is in. Filled while the table is built, only read afterwards.
final class HostIndex {
    private final OctetTable<HostRoutes> exact = new OctetTable<>();
    private final OctetTable<HostRoutes> wildcards = new OctetTable<>();
    private final List<HostRoutes> all = new ArrayList<>();
    private @Nullable HostRoutes any;
    private int longestDomain;

    void insert(Candidate candidate) {
        of(candidate.host, candidate.rank).insert(candidate);
    }

    List<HostRoutes> all() {
        return all;
    }

    private HostRoutes of(HostPattern host, int rank) {
        byte[] name = host.octets();
        int hash = hash(name, 0, name.length);
        HostRoutes found = switch (host.kind()) {
            case EXACT -> exact.get(hash, name, 0, name.length);
            case WILDCARD -> wildcards.get(hash, name, 0, name.length);
            case ANY -> any;
        };
        if (found != null) {
            return found;
        }
        HostRoutes added = new HostRoutes(rank, hash, name);
        all.add(added);
        switch (host.kind()) {
            case EXACT -> exact.add(added);
            case WILDCARD -> {
                wildcards.add(added);
                longestDomain = Math.max(longestDomain, name.length);
            }
            case ANY -> any = added;
        }
        return added;
    }

    /// Searches the routes of the host, of each domain it is in, and of any host.
    ///
    /// @param lower the host in lower case, without port and final dot
    void search(PathSearch search, byte[] lower, int length) {
        if (length > 0) {
            HostRoutes routes = exact.isEmpty() ? null : exact.get(hash(lower, 0, length), lower, 0, length);
            if (routes != null) {
                search.search(routes);
            }
            if (!wildcards.isEmpty()) {
                searchDomains(search, lower, length);
            }
        }
        if (any != null) {
            search.search(any);
        }
    }

    private void searchDomains(PathSearch search, byte[] lower, int length) {
        int hash = 0;
        int shortest = Math.max(1, length - longestDomain);
        for (int i = length - 1; i >= shortest; i--) {
            hash = OctetTable.hash(hash, lower[i]);
            if (lower[i] == '.') {
                HostRoutes routes = wildcards.get(hash, lower, i, length);
                if (routes != null) {
                    search.search(routes);
                }
            }
        }
    }

    /// The routes of each host pattern that covers `host`, itself included.
    void forEachCovering(HostPattern host, Consumer<HostRoutes> visitor) {
        byte[] name = host.name().getBytes(StandardCharsets.US_ASCII);
        if (host.kind() == HostPattern.Kind.EXACT) {
            accept(exact.get(hash(name, 0, name.length), name, 0, name.length), visitor);
        }
        for (int i = name.length - 1; i >= 0; i--) {
            if (name[i] == '.' && (i > 0 || host.kind() == HostPattern.Kind.WILDCARD)) {
                accept(wildcards.get(hash(name, i, name.length), name, i, name.length), visitor);
            }
        }
        accept(any, visitor);
    }

    private static void accept(@Nullable HostRoutes routes, Consumer<HostRoutes> visitor) {
        if (routes != null) {
            visitor.accept(routes);
        }
    }

    private static int hash(byte[] name, int from, int to) {
        int hash = 0;
        for (int i = to - 1; i >= from; i--) {
            hash = OctetTable.hash(hash, name[i]);
        }
        return hash;
    }
}
