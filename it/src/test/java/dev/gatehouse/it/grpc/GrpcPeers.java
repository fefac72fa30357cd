package dev.gatehouse.it.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// Both ends of gRPC, by grpc-java, whose messages are text: what a message is made of is no business of a gateway.
final class GrpcPeers {
    static final Metadata.Key<String> TRACE = Metadata.Key.of("x-trace", Metadata.ASCII_STRING_MARSHALLER);

    private static final MethodDescriptor.Marshaller<String> TEXT = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private GrpcPeers() {}

    /// A method in both directions of as many messages as one likes, which all others are special cases of.
    static MethodDescriptor<String, String> method(MethodType type, String name) {
        return MethodDescriptor.newBuilder(TEXT, TEXT)
                .setType(type)
                .setFullMethodName(name)
                .build();
    }

    static MethodDescriptor<String, String> unary(String name) {
        return method(MethodType.UNARY, name);
    }

    static MethodDescriptor<String, String> streaming(String name) {
        return method(MethodType.BIDI_STREAMING, name);
    }

    /// A server on a free port of loopback.
    record Service(Server server) implements AutoCloseable {
        /// @param name `shop.Stock`
        /// @param method `GetLevel`
        static Service start(String name, String method, ServerCallHandler<String, String> handler) {
            ServerServiceDefinition definition = ServerServiceDefinition.builder(name)
                    .addMethod(streaming(name + "/" + method), handler)
                    .build();
            try {
                return new Service(NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .addService(definition)
                        .build()
                        .start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// One that answers each message with `answer` and the message, and ends when its client does.
        static Service echoing(String name, String method, String answer) {
            return start(name, method, (call, headers) -> {
                call.sendHeaders(new Metadata());
                call.request(1);
                return new ServerCall.Listener<>() {
                    @Override
                    public void onMessage(String message) {
                        call.sendMessage(answer + message);
                        call.request(1);
                    }

                    @Override
                    public void onHalfClose() {
                        Metadata trailers = new Metadata();
                        trailers.put(TRACE, "end of call");
                        call.close(io.grpc.Status.OK, trailers);
                    }
                };
            });
        }

        int port() {
            return server.getPort();
        }

        @Override
        public void close() {
            server.shutdownNow();
            try {
                server.awaitTermination(5, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// A client with one connection.
    record Client(ManagedChannel channel) implements AutoCloseable {
        static Client to(int port) {
            return new Client(NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .usePlaintext()
                    .disableRetry()
                    .build());
        }

        String call(String method, String message) {
            return ClientCalls.blockingUnaryCall(channel, unary(method), CallOptions.DEFAULT, message);
        }

        @Override
        public void close() {
            channel.shutdownNow();
            try {
                channel.awaitTermination(5, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
