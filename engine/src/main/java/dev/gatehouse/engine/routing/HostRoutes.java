package dev.gatehouse.engine.routing;

import java.util.ArrayList;
import java.util.List;

/// What one host pattern has: a trie of path patterns, and regular expressions by rank.
final class HostRoutes extends OctetTable.Keyed {
    /// The best rank of all.
    final int first;

    final PathNode root;
    final List<Candidate> regexes = new ArrayList<>(0);

    HostRoutes(int first, int hash, byte[] host) {
        super(hash, host);
        this.first = first;
        this.root = new PathNode(first);
    }

    void insert(Candidate candidate) {
        if (candidate.path.regex != null) {
            regexes.add(candidate);
        } else {
            root.insert(candidate);
        }
    }
}
