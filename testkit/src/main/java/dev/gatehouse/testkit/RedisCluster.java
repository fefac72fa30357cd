package dev.gatehouse.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A Redis Cluster of three masters without replicas, each with a third of the slots.
public final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final int MASTERS = 3;
    private static final Duration FORMING = Duration.ofSeconds(20);

    private final List<RedisServer> nodes;

    private RedisCluster(List<RedisServer> nodes) {
        this.nodes = nodes;
    }

    public static RedisCluster start() {
        List<RedisServer> nodes = new ArrayList<>();
        RedisCluster cluster = new RedisCluster(nodes);
        try {
            List<Integer> talk = new ArrayList<>();
            for (int i = 0; i < MASTERS; i++) {
                int port = FakeService.refusing();
                talk.add(port);
                nodes.add(RedisServer.start(
                        "--cluster-enabled", "yes",
                        "--cluster-port", Integer.toString(port),
                        "--cluster-node-timeout", "2000"));
            }
            for (int i = 0; i < MASTERS; i++) {
                int from = SLOTS * i / MASTERS;
                int to = SLOTS * (i + 1) / MASTERS - 1;
                nodes.get(i).ask("cluster", "addslotsrange", Integer.toString(from), Integer.toString(to));
                nodes.getFirst()
                        .ask(
                                "cluster",
                                "meet",
                                "127.0.0.1",
                                Integer.toString(nodes.get(i).port()),
                                Integer.toString(talk.get(i)));
            }
            if (!Eventually.holds(FORMING, cluster::isFormed)) {
                throw new AssertionError(
                        "the cluster does not form:\n" + nodes.getFirst().log());
            }
            return cluster;
        } catch (RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private boolean isFormed() {
        return nodes.stream().allMatch(node -> {
            String state = node.ask("cluster", "info");
            return state.contains("cluster_state:ok") && state.contains("cluster_known_nodes:" + MASTERS);
        });
    }

    public List<RedisServer> nodes() {
        return nodes;
    }

    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }
}
