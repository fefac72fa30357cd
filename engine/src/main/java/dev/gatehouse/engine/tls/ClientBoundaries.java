package dev.gatehouse.engine.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.engine.config.ClientCertificatesConfig;
import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.config.TlsHostConfig;
import java.net.IDN;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which certificates a listener asks for at which host. The host of a handshake (SNI) decides what a client
/// is asked; the host of each request on that connection has to lie within the same boundary (RFC 9110 §7.4),
/// or a client could show its certificate to one host, or none at all, and be served by another.
///
/// A wildcard is one or more labels, as in routes: where one of them can match, nothing less may be asked.
/// Immutable.
public final class ClientBoundaries {
    private static final String PLACE = "client_certificates";

    /// Of a listener without TLS, or one that asks nobody.
    public static final ClientBoundaries NONE = new ClientBoundaries(
            List.of(new ClientBoundary(0, "*", PLACE, ClientCertificatesConfig.NONE)), Map.of(), Map.of());

    private final List<ClientBoundary> all;
    private final ClientBoundary others;
    private final Map<String, ClientBoundary> exact;
    private final Map<String, ClientBoundary> domains;

    private ClientBoundaries(
            List<ClientBoundary> all, Map<String, ClientBoundary> exact, Map<String, ClientBoundary> domains) {
        this.all = all;
        this.others = all.getFirst();
        this.exact = exact;
        this.domains = domains;
    }

    /// @param tls null for a listener without TLS
    /// @throws TlsRefused when a name is no host, or stands there twice
    public static ClientBoundaries of(@Nullable ListenerTlsConfig tls) {
        if (tls == null) {
            return NONE;
        }
        Map<ClientCertificatesConfig, ClientBoundary> all = new LinkedHashMap<>();
        boundary(all, "*", PLACE, tls.clientCertificates());
        Map<String, ClientBoundary> exact = new HashMap<>();
        Map<String, ClientBoundary> domains = new HashMap<>();
        for (int i = 0; i < tls.hosts().size(); i++) {
            TlsHostConfig host = tls.hosts().get(i);
            String section = "hosts[" + i + "].";
            ClientBoundary boundary =
                    boundary(all, host.names().getFirst(), section + PLACE, host.clientCertificates());
            for (String written : host.names()) {
                boolean wildcard = written.startsWith("*.");
                String name = ascii(wildcard ? written.substring(2) : written, section + "names");
                if ((wildcard ? domains : exact).put(name, boundary) != null) {
                    throw new TlsRefused(section + "names", "'" + written + "' stands there twice");
                }
            }
        }
        return new ClientBoundaries(List.copyOf(all.values()), Map.copyOf(exact), Map.copyOf(domains));
    }

    private static ClientBoundary boundary(
            Map<ClientCertificatesConfig, ClientBoundary> all,
            String name,
            String place,
            @Nullable ClientCertificatesConfig asked) {
        ClientCertificatesConfig plain = asked == null || asked.mode() == ClientCertificatesConfig.Mode.NONE
                ? ClientCertificatesConfig.NONE
                : asked;
        return all.computeIfAbsent(plain, each -> new ClientBoundary(all.size(), name, place, each));
    }

    private static String ascii(String name, String key) {
        String stripped = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        try {
            String ascii = IDN.toASCII(stripped, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            if (ascii.isEmpty() || ascii.startsWith(".") || ascii.chars().anyMatch(c -> "*:/ ".indexOf(c) >= 0)) {
                throw new TlsRefused(key, "'" + name + "' is no host (expected: admin.example.com, or *.example.com)");
            }
            return ascii;
        } catch (IllegalArgumentException e) {
            throw e instanceof TlsRefused refused ? refused : new TlsRefused(key, "'" + name + "' is no host");
        }
    }

    /// All of them, that of hosts nobody has written about first.
    public List<ClientBoundary> all() {
        return all;
    }

    /// Where a host lies.
    ///
    /// @param host in lower case and ASCII, without port and final dot; null when none was named
    public ClientBoundary at(@Nullable String host) {
        if (host == null || all.size() == 1) {
            return others;
        }
        ClientBoundary found = exact.get(host);
        for (int dot = host.indexOf('.'); found == null && dot >= 0; dot = host.indexOf('.', dot + 1)) {
            found = domains.get(host.substring(dot + 1));
        }
        return found == null ? others : found;
    }

    /// Whether the same hosts lie within the same boundaries, and nothing but the lists of revoked
    /// certificates differs.
    boolean isLike(ClientBoundaries other) {
        if (all.size() != other.all.size()
                || !exact.keySet().equals(other.exact.keySet())
                || !domains.keySet().equals(other.domains.keySet())) {
            return false;
        }
        for (ClientBoundary boundary : all) {
            if (!boundary.asked()
                    .withoutList()
                    .equals(other.all.get(boundary.index()).asked().withoutList())) {
                return false;
            }
        }
        return exact.keySet().stream()
                        .allMatch(name -> at(name).index() == other.at(name).index())
                && domains.entrySet().stream().allMatch(entry -> {
                    ClientBoundary there = other.domains.get(entry.getKey());
                    return there != null && entry.getValue().index() == there.index();
                });
    }

    /// Whether a request may not be served on a connection that was made to this host. Where all hosts ask
    /// for the same, and where the request is for that host itself, nothing is looked up.
    ///
    /// @param serverName the host of the handshake, as [#at] has it
    /// @param from where in `octets` the request's host begins, as it was sent: with its port, in any case
    public boolean separate(@Nullable String serverName, byte[] octets, int from, int to) {
        if (all.size() == 1) {
            return false;
        }
        int end = withoutPort(octets, from, to);
        if (serverName != null && isSame(serverName, octets, from, end)) {
            return false;
        }
        String host = new String(octets, from, end - from, ISO_8859_1).toLowerCase(Locale.ROOT);
        return at(serverName) != at(host);
    }

    /// Where the host ends that routes are asked for: before the port, and before a final dot.
    private static int withoutPort(byte[] octets, int from, int to) {
        int end = to;
        for (int i = to - 1; i >= from && octets[i] != ']'; i--) {
            if (octets[i] == ':') {
                end = i;
                break;
            }
        }
        return end > from && octets[end - 1] == '.' ? end - 1 : end;
    }

    private static boolean isSame(String serverName, byte[] octets, int from, int to) {
        if (serverName.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            byte b = octets[i];
            int lower = b >= 'A' && b <= 'Z' ? b + 32 : b;
            if (serverName.charAt(i - from) != lower) {
                return false;
            }
        }
        return true;
    }
}
