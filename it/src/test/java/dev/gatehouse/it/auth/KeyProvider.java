package dev.gatehouse.it.auth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/// An identity provider on a loopback port that publishes keys, signs tokens, and misbehaves when it is told to.
final class KeyProvider implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile PublicJsonWebKey key;
    private volatile Answering answering = this::publish;

    /// How keys are answered.
    interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    KeyProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        key = made("key-1");
        server.setExecutor(threads);
        server.createContext("/jwks", exchange -> {
            fetches.incrementAndGet();
            try (exchange) {
                answering.answer(exchange);
            }
        });
        server.start();
    }

    private static PublicJsonWebKey made(String id) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
            key.setPrivateKey(pair.getPrivate());
            key.setKeyId(id);
            return key;
        } catch (JoseException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
    }

    int fetches() {
        return fetches.get();
    }

    /// Signs with another key from now on, and publishes only that.
    void rotate(String id) {
        key = made(id);
    }

    void answer(Answering other) {
        answering = other;
    }

    void publish(HttpExchange exchange) throws IOException {
        say(exchange, "{\"keys\":[" + JsonUtil.toJson(key.toParams(OutputControlLevel.PUBLIC_ONLY)) + "]}");
    }

    static void say(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /// For user u1, for five minutes.
    String token(String id) {
        return token(id, Instant.now().getEpochSecond() + 300);
    }

    String token(String id, long expires) {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue("RS256");
        token.setKeyIdHeaderValue(key.getKeyId());
        token.setPayload("{\"iss\":\"https://id.tasty.example\",\"aud\":\"shop-api\",\"sub\":\"u1\",\"jti\":\"" + id
                + "\",\"exp\":" + expires + ",\"realm_access\":{\"roles\":[\"customer\"]}}");
        token.setKey(key.getPrivateKey());
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
