package dev.gatehouse.engine.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place in the trie of one host: what patterns go on from here, and what routes end here. Candidates come in by
/// rank, so what comes first is the best. Filled while the table is built, only read afterwards.
final class PathNode extends OctetTable.Keyed {
    private static final Candidate[] NONE = new Candidate[0];
    private static final byte[] NO_OCTETS = new byte[0];

    /// The best rank at or below this node.
    final int first;

    /// By the octets of the segment; null when there are none, as in most nodes.
    @Nullable
    OctetTable<PathNode> literals;

    /// By best rank.
    List<Mixed> mixed = List.of();

    @Nullable
    PathNode parameter;

    @Nullable
    PathNode star;

    /// Where the patterns go on that have a `**` here: the routes that end with it, and [#tails].
    @Nullable
    PathNode deep;

    /// What may stand behind the `**` that led here, by number of segments. By best rank.
    List<Tail> tails = List.of();

    private Candidate[] candidates = NONE;
    private int count;

    record Mixed(MixedSegment segment, PathNode node) {}

    record Tail(int length, PathNode root) {}

    PathNode(int first) {
        this(first, 0, NO_OCTETS);
    }

    private PathNode(int first, int hash, byte[] segment) {
        super(hash, segment);
        this.first = first;
    }

    int count() {
        return count;
    }

    Candidate candidate(int i) {
        return candidates[i];
    }

    /// Adds a candidate with a pattern of segments to the trie this node is the root of.
    void insert(Candidate candidate) {
        PathPattern path = candidate.path;
        PathNode node = descend(path.head, candidate.rank);
        if (path.tail != null) {
            if (node.deep == null) {
                node.deep = new PathNode(candidate.rank);
            }
            node = node.deep;
            if (path.tail.length > 0) {
                node = node.tail(path.tail.length, candidate.rank).descend(path.tail, candidate.rank);
            }
        }
        node.add(candidate);
        candidate.leaf = node;
    }

    private void add(Candidate candidate) {
        if (count == candidates.length) {
            candidates = Arrays.copyOf(candidates, Math.max(1, count * 2));
        }
        candidates[count++] = candidate;
    }

    private PathNode descend(Segment[] segments, int rank) {
        PathNode node = this;
        for (Segment segment : segments) {
            node = node.child(segment, rank);
        }
        return node;
    }

    private PathNode tail(int length, int rank) {
        for (Tail tail : tails) {
            if (tail.length == length) {
                return tail.root;
            }
        }
        Tail tail = new Tail(length, new PathNode(rank));
        tails = with(tails, tail);
        return tail.root;
    }

    private PathNode child(Segment segment, int rank) {
        switch (segment) {
            case LiteralSegment literal -> {
                return literal(literal.octets, rank);
            }
            case MixedSegment shape -> {
                for (Mixed one : mixed) {
                    if (one.segment.equals(shape)) {
                        return one.node;
                    }
                }
                Mixed added = new Mixed(shape, new PathNode(rank));
                mixed = with(mixed, added);
                return added.node;
            }
            case Segment.Open.PARAMETER -> {
                if (parameter == null) {
                    parameter = new PathNode(rank);
                }
                return parameter;
            }
            case Segment.Open.STAR -> {
                if (star == null) {
                    star = new PathNode(rank);
                }
                return star;
            }
        }
    }

    private PathNode literal(byte[] octets, int rank) {
        if (literals == null) {
            literals = new OctetTable<>();
        }
        int hash = OctetTable.hash(octets);
        PathNode found = literals.get(hash, octets, 0, octets.length);
        if (found == null) {
            found = new PathNode(rank, hash, octets);
            literals.add(found);
        }
        return found;
    }

    /// Few nodes have any of these: the others share the empty list.
    private static <E> List<E> with(List<E> list, E element) {
        List<E> more = list.isEmpty() ? new ArrayList<>(1) : list;
        more.add(element);
        return more;
    }
}
