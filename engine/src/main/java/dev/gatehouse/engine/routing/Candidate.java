package dev.gatehouse.engine.routing;

import org.jspecify.annotations.Nullable;

/// One route under one of its hosts: its place in the order and what it wants beside host and path.
final class Candidate {
    static final int HOLDS = -1;
    static final int METHOD = -2;

    final int route;
    final int priority;
    final HostPattern host;
    final PathPattern path;

    /// The methods it lists, or [Methods#ANY].
    final long listed;

    /// The methods it answers: HEAD wherever GET is.
    final long methods;

    final Condition[] conditions;

    /// Where in the trie it ends; null for a regular expression. Set once.
    @Nullable
    PathNode leaf;

    /// Its place among all candidates, 0 being the first. Set once, when all are known.
    int rank;

    Candidate(int route, int priority, HostPattern host, PathPattern path, long listed, Condition[] conditions) {
        this.route = route;
        this.priority = priority;
        this.host = host;
        this.path = path;
        this.listed = listed;
        this.methods = Methods.withImplied(listed);
        this.conditions = conditions;
    }

    /// [#HOLDS], [#METHOD], or the index of the first condition the request misses.
    int firstMissed(RouteRequest request, long method) {
        return (methods & method) == 0 ? METHOD : firstMissed(request);
    }

    /// The same, whatever the method.
    int firstMissed(RouteRequest request) {
        Condition[] all = conditions;
        for (int i = 0; i < all.length; i++) {
            if (!all[i].holds(request)) {
                return i;
            }
        }
        return HOLDS;
    }

    /// How many conditions beside host and path; listing methods is one.
    int count() {
        return conditions.length + (listed == Methods.ANY ? 0 : 1);
    }

    /// A total order: priority, host, shape of the path, number of conditions. Then HEAD by itself before HEAD as a
    /// part of GET, and what is still undecided (a tie, or conditions that exclude each other) as it was added.
    static int compare(Candidate a, Candidate b) {
        int order = a.compareBeforeConditions(b);
        order = order != 0 ? order : Integer.compare(b.count(), a.count());
        order = order != 0 ? order : Boolean.compare(a.impliesHead(), b.impliesHead());
        order = order != 0 ? order : Integer.compare(a.route, b.route);
        return order != 0 ? order : a.host.name().compareTo(b.host.name());
    }

    private int compareBeforeConditions(Candidate other) {
        int order = Integer.compare(other.priority, priority);
        order = order != 0 ? order : Integer.compare(other.host.specificity(), host.specificity());
        return order != 0 ? order : path.compareShape(other.path);
    }

    /// Why `winner`, which matches as well, is asked before this one.
    String standsBehind(Candidate winner) {
        if (winner.priority != priority) {
            return "priority " + priority + ", the one above has " + winner.priority;
        }
        if (winner.host.specificity() != host.specificity()) {
            return "host " + host + ", the one above is for " + winner.host;
        }
        if (winner.path.compareShape(path) != 0) {
            return "its path is less specific";
        }
        return winner.count() != count() ? "it has fewer conditions" : "the one above stands before it";
    }

    private boolean impliesHead() {
        return methods != listed;
    }
}
