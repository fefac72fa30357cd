package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RedisCluster;
import dev.gatehouse.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The store on several servers: a cluster, and a master that Sentinels watch.
@LeavesNothingBehind
class RedisSetsTest {
    @Test
    void a_cluster_holds_each_limit_on_one_of_its_nodes() throws Exception {
        try (RedisCluster cluster = RedisCluster.start();
                Store store = Stores.running(Stores.patient(of(cluster)), "one")) {
            for (int key = 0; key < 50; key++) {
                for (int i = 0; i < 3; i++) {
                    assertThat(Stores.take(store, Stores.sliding(2, "limit/" + key))
                                    .allowed())
                            .isEqualTo(i < 2);
                }
            }
            assertThat(cluster.nodes()).allMatch(node -> Integer.parseInt(node.ask("dbsize")) > 5);
            assertThat(Stores.now(store.keys("limit/", 100))).hasSize(50);
            Stores.until(Duration.ofSeconds(5), () -> store.nodes() == 1);
        }
    }

    @Test
    void in_a_cluster_a_refusal_of_one_limit_gives_back_what_others_gave() throws Exception {
        try (RedisCluster cluster = RedisCluster.start();
                Store store = Stores.asking(Stores.patient(of(cluster)))) {
            List<LimitTake> wishes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                wishes.add(Stores.sliding(10, "wide/" + i));
            }
            wishes.add(Stores.sliding(1, "narrow"));
            assertThat(Stores.now(store.take(wishes))).allMatch(LimitState::allowed);
            for (int attempt = 0; attempt < 3; attempt++) {
                List<LimitState> states = Stores.now(store.take(wishes));
                assertThat(states.getLast().allowed()).isFalse();
                assertThat(states.subList(0, 8)).allMatch(state -> state.allowed() && state.remaining() == 9);
                Stores.until(
                        Duration.ofSeconds(2),
                        () -> left(store, wishes.subList(0, 8)).stream().allMatch(left -> left == 8));
            }
        }
    }

    private static List<Long> left(Store store, List<LimitTake> wishes) {
        return store.look(wishes).toCompletableFuture().join().stream()
                .map(LimitState::remaining)
                .toList();
    }

    private static RedisConfig of(RedisCluster cluster) {
        RedisConfig one = Stores.at(cluster.nodes().getFirst().url());
        return new RedisConfig(
                RedisUrls.of(cluster.nodes().stream().map(RedisServer::url).toList()),
                null,
                null,
                null,
                true,
                null,
                one.timeout(),
                one.connectTimeout(),
                one.keyPrefix(),
                1,
                1);
    }

    @Test
    void when_the_master_dies_the_one_that_sentinel_chooses_takes_over() throws Exception {
        CleanEnd.expectLog("store 'main-redis'");
        try (RedisServer master = RedisServer.start("--repl-diskless-sync-delay", "0");
                RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1", Integer.toString(master.port()));
                RedisServer sentinel = RedisServer.sentinel(master)) {
            Stores.until(
                    Duration.ofSeconds(20),
                    () -> sentinel.ask("sentinel", "master", "mymaster").contains("num-slaves\n1"));
            Stores.until(
                    Duration.ofSeconds(20),
                    () -> replica.ask("info", "replication").contains("master_link_status:up"));
            RedisConfig config = Stores.at("redis-sentinel://127.0.0.1:" + sentinel.port() + "#mymaster");
            try (Store store = Stores.running(config, "one")) {
                Stores.until(Duration.ofSeconds(5), () -> Stores.works(store));
                LimitTake wish = Stores.sliding(100, "key");
                Stores.until(Duration.ofSeconds(2), () -> remaining(store, wish) == 95);
                Stores.until(
                        Duration.ofSeconds(2),
                        () -> replica.ask("exists", "gatehouse:key").equals("1"));
                master.kill();
                Stores.until(Duration.ofSeconds(30), () -> replica.says("role:master", "info", "replication"));
                System.out.println("after failover: "
                        + Stores.until(Duration.ofSeconds(2), () -> remaining(store, wish) < 95) + " ms");
                assertThat(store.isUp()).isTrue();
            }
        }
    }

    /// What is left after one more; more than any limit while the store is down.
    private static long remaining(Store store, LimitTake wish) {
        try {
            return Stores.take(store, wish).remaining();
        } catch (Exception e) {
            return Long.MAX_VALUE;
        }
    }
}
