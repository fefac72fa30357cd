package dev.gatehouse.redis;

import static java.util.Objects.requireNonNull;

import dev.gatehouse.api.config.FileContent;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.AsyncCloseable;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Connections by Lettuce, which is asked to try each one once and to queue nothing: [Link] sees to the rest. Only the
/// nodes of a cluster are its own affair.
final class LettuceConnector implements Connector {
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    /// How often a cluster is asked who is who, besides when a node refers to another one or goes away.
    private static final Duration LOOK_AROUND = Duration.ofSeconds(5);

    private static final Duration LOOK_AROUND_AGAIN = Duration.ofMillis(500);

    private final @Nullable RedisClient client;
    private final @Nullable RedisClusterClient clusterClient;
    private final RedisURI uri;

    LettuceConnector(RedisConfig config, ClientResources resources) {
        this.uri = ServerUris.of(config).getFirst();
        if (config.isCluster()) {
            clusterClient = RedisClusterClient.create(resources, ServerUris.of(config));
            clusterClient.setOptions(ofCluster(config));
            client = null;
        } else {
            client = RedisClient.create(resources);
            client.setOptions(options(ClientOptions.builder(), config)
                    .autoReconnect(false)
                    .build());
            clusterClient = null;
        }
    }

    private static ClusterClientOptions ofCluster(RedisConfig config) {
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
        options(builder, config);
        return builder.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(LOOK_AROUND)
                        .adaptiveRefreshTriggersTimeout(LOOK_AROUND_AGAIN)
                        .build())
                .build();
    }

    private static ClientOptions.Builder options(ClientOptions.Builder builder, RedisConfig config) {
        return builder.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.create()) // none: see Deadlines
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .requestQueueSize(Calls.MOST_WAITING)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(config.connectTimeout())
                        .keepAlive(true)
                        .build())
                .sslOptions(tls(config));
    }

    private static SslOptions tls(RedisConfig config) {
        SslOptions.Builder builder = SslOptions.builder().jdkSslProvider().handshakeTimeout(config.connectTimeout());
        RedisTlsConfig tls = config.tls();
        if (tls == null) {
            return builder.build();
        }
        FileContent ca = tls.ca();
        if (ca != null) {
            builder.trustManager(resource(ca));
        }
        FileContent certificate = tls.certificate();
        FileContent key = tls.key();
        if (certificate != null && key != null) {
            builder.keyManager(resource(certificate), resource(key), null);
        }
        return builder.build();
    }

    private static SslOptions.Resource resource(FileContent file) {
        return () -> new ByteArrayInputStream(file.octets());
    }

    @Override
    public CompletionStage<Connection> connect(Runnable lost) {
        if (clusterClient != null) {
            RedisClusterClient all = clusterClient;
            return all.refreshPartitionsAsync()
                    .thenCompose(_ -> all.connectAsync(CODEC))
                    .thenCompose(made -> reach(all, made));
        }
        return requireNonNull(client).connectAsync(CODEC, uri).thenApply(made -> {
            watch(made, lost);
            return new Made(made.async(), made);
        });
    }

    /// Connects to all masters at once: whoever asks one of which the connection is still being made is refused.
    /// One that cannot be reached keeps nobody from the others.
    private static CompletionStage<Connection> reach(
            RedisClusterClient client, StatefulRedisClusterConnection<String, byte[]> made) {
        CompletableFuture<?>[] nodes = client.getPartitions().stream()
                .filter(node -> node.is(RedisClusterNode.NodeFlag.UPSTREAM))
                .map(RedisClusterNode::getUri)
                .map(node ->
                        made.getConnectionAsync(node.getHost(), node.getPort()).handle((_, _) -> made))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(nodes).thenApply(_ -> new Made(made.async(), made));
    }

    private static void watch(StatefulConnection<String, byte[]> connection, Runnable lost) {
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> gone) {
                lost.run();
            }
        });
        if (!connection.isOpen()) { // before anybody listened
            lost.run();
        }
    }

    private record Made(RedisClusterAsyncCommands<String, byte[]> commands, AsyncCloseable connection)
            implements Connection {
        @Override
        public void close() {
            connection.closeAsync();
        }
    }

    /// Ends all connections. Does not wait for it.
    CompletionStage<Void> shutdown() {
        AbstractRedisClient open = client == null ? clusterClient : client;
        return requireNonNull(open).shutdownAsync(0, 1, TimeUnit.SECONDS);
    }
}
