package dev.gatehouse.engine.tls;

import java.net.InetAddress;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which certificate a client gets: by the host it names, or the address it came to, and by what it can verify.
final class CertificateTable {
    private static final String WILDCARD = "*.";

    private final List<KeyMaterial> all;
    private final Map<String, List<KeyMaterial>> hosts = new HashMap<>();
    private final Map<InetAddress, List<KeyMaterial>> addresses = new HashMap<>();
    private final List<KeyMaterial> fallback = new ArrayList<>();
    private final boolean with13;

    /// @param all of one name and kind, the first counts
    /// @param with13 whether TLS 1.3 is spoken
    CertificateTable(List<KeyMaterial> all, boolean with13) {
        this.all = List.copyOf(all);
        this.with13 = with13;
        for (KeyMaterial one : all) {
            one.hosts()
                    .forEach(host ->
                            hosts.computeIfAbsent(host, _ -> new ArrayList<>()).add(one));
            one.addresses()
                    .forEach(address -> addresses
                            .computeIfAbsent(address, _ -> new ArrayList<>())
                            .add(one));
        }
        all.stream().filter(KeyMaterial::isFallback).findFirst().ifPresent(this::fallBackTo);
    }

    /// With the other kind of key for the same host, so that clients of both kinds have one to fall back to.
    private void fallBackTo(KeyMaterial chosen) {
        fallback.add(chosen);
        for (KeyMaterial other : all) {
            if (other != chosen && other.hosts().stream().anyMatch(chosen.hosts()::contains)) {
                fallback.add(other);
            }
        }
    }

    List<KeyMaterial> all() {
        return all;
    }

    /// @param local where the client came to
    /// @return null when there is none for it
    @Nullable
    KeyMaterial choose(ClientHello hello, InetAddress local) {
        String name = hello.serverName();
        List<KeyMaterial> fitting = name == null ? addresses.get(local) : named(name);
        if (fitting == null) {
            fitting = fallback;
        }
        for (KeyMaterial one : fitting) {
            if (one.isEcdsa() && canVerify(hello, one)) {
                return one;
            }
        }
        for (KeyMaterial one : fitting) {
            if (!one.isEcdsa() && canVerify(hello, one)) {
                return one;
            }
        }
        // It will not do, but then the handshake says why.
        return fitting.isEmpty() ? null : fitting.getFirst();
    }

    /// An exact name goes before a wildcard, which stands for one label (RFC 9525 §6.3).
    private @Nullable List<KeyMaterial> named(String name) {
        List<KeyMaterial> exact = hosts.get(name);
        if (exact != null) {
            return exact;
        }
        int dot = name.indexOf('.');
        return dot < 0 ? null : hosts.get(WILDCARD + name.substring(dot + 1));
    }

    private boolean canVerify(ClientHello hello, KeyMaterial one) {
        return one.certificate().getPublicKey() instanceof ECPublicKey ec
                ? hello.canVerifyEcdsa(ec.getParams().getOrder().bitLength(), with13)
                : hello.canVerifyRsa(with13);
    }
}
