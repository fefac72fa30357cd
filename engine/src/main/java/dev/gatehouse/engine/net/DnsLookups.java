package dev.gatehouse.engine.net;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.DefaultHostsFileEntriesResolver;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import io.netty.resolver.dns.DnsCnameCache;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Looks names up in the hosts file, as it was when the gateway started, and in the DNS (A and AAAA, search domains
/// and `ndots` of the system), on one loop.
///
/// Each look-up has a socket of its own: they are rare, and a port that is fresh each time is one more thing a forged
/// answer must guess (RFC 5452 §9.2).
public final class DnsLookups implements NameLookup {
    /// Addresses of the hosts file have no TTL; this is looked at again after an hour.
    private static final Duration HOSTS_FILE_TTL = Duration.ofHours(1);

    private static final long QUERY_MILLIS = 2000;
    private static final int PORT = 53;

    private final Loop loop;
    private final List<InetSocketAddress> servers;
    private final HostsFileEntriesResolver hostsFile = new DefaultHostsFileEntriesResolver();

    /// @param servers whom to ask, in this order; none means those of the system
    public DnsLookups(Loop loop, List<InetSocketAddress> servers) {
        this.loop = loop;
        this.servers = List.copyOf(servers);
    }

    /// A name server as people write it: `10.0.0.2`, `10.0.0.2:53`, `[::1]:53`.
    ///
    /// @throws IllegalArgumentException with a sentence for the user
    public static InetSocketAddress server(String text) {
        InetAddress address = IpAddress.parse(text);
        if (address != null) {
            return new InetSocketAddress(address, PORT);
        }
        int colon = text.lastIndexOf(':');
        address = IpAddress.parseWithPort(text);
        try {
            if (address != null && colon > text.lastIndexOf(']')) {
                return new InetSocketAddress(address, Integer.parseInt(text.substring(colon + 1)));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' has no port that could be", e);
        }
        throw new IllegalArgumentException("'" + text + "' is no name server (expected: 10.0.0.2 or 10.0.0.2:53)");
    }

    @Override
    public CompletionStage<Found> lookUp(String host) {
        CompletableFuture<Found> result = new CompletableFuture<>();
        // RFC 6761 §6.3: localhost is here, whatever name servers say.
        if (host.equalsIgnoreCase("localhost")
                && hostsFile.address(host, ResolvedAddressTypes.IPV4_PREFERRED) == null) {
            result.complete(new Found(List.of(InetAddress.getLoopbackAddress()), HOSTS_FILE_TTL));
            return result;
        }
        TtlNotes notes = new TtlNotes();
        DnsNameResolver resolver = resolver(notes);
        resolver.resolveAll(host).addListener(done -> {
            resolver.close();
            if (!done.isSuccess()) {
                result.completeExceptionally(readable(host, done.cause()));
                return;
            }
            @SuppressWarnings("unchecked")
            List<InetAddress> addresses = (List<InetAddress>) done.getNow();
            Duration ttl = notes.shortest < 0 ? HOSTS_FILE_TTL : Duration.ofSeconds(notes.shortest);
            result.complete(new Found(addresses, ttl));
        });
        return result;
    }

    private DnsNameResolver resolver(TtlNotes notes) {
        DnsNameResolverBuilder builder = new DnsNameResolverBuilder(loop.eventLoop())
                .datagramChannelType(loop.transport().datagramChannel())
                .socketChannelType(loop.transport().channel())
                .hostsFileEntriesResolver(hostsFile)
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                .completeOncePreferredResolved(false)
                .queryTimeoutMillis(QUERY_MILLIS)
                .resolveCache(notes)
                .cnameCache(notes)
                .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE);
        if (!servers.isEmpty()) {
            builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(servers));
        }
        return builder.build();
    }

    private static Exception readable(String host, @Nullable Throwable cause) {
        boolean late = cause != null && DnsNameResolver.isTimeoutError(cause);
        boolean lateWithin =
                cause != null && cause.getCause() != null && DnsNameResolver.isTimeoutError(cause.getCause());
        UnknownHostException readable = new UnknownHostException(
                late || lateWithin
                        ? host + ": no name server answered in time"
                        : host + ": no name server knows an address");
        if (cause != null) {
            readable.initCause(cause);
        }
        return readable;
    }

    /// Remembers nothing but the shortest TTL on the way from the name to its addresses: an alias that may change
    /// in a minute is not believed for the hour its target's address holds.
    private static final class TtlNotes implements DnsCache, DnsCnameCache {
        private long shortest = -1;

        private void note(long ttl) {
            shortest = shortest < 0 ? ttl : Math.min(shortest, ttl);
        }

        @Override
        public DnsCacheEntry cache(
                String hostname, DnsRecord[] additionals, InetAddress address, long originalTtl, EventLoop loop) {
            note(originalTtl);
            return new Entry(address, null);
        }

        @Override
        public DnsCacheEntry cache(String hostname, DnsRecord[] additionals, Throwable cause, EventLoop loop) {
            return new Entry(null, cause);
        }

        @Override
        public void cache(String hostname, String cname, long originalTtl, EventLoop loop) {
            note(originalTtl);
        }

        @Override
        public @Nullable List<? extends DnsCacheEntry> get(String hostname, DnsRecord[] additionals) {
            return null;
        }

        @Override
        public @Nullable String get(String hostname) {
            return null;
        }

        @Override
        public void clear() {}

        @Override
        public boolean clear(String hostname) {
            return false;
        }

        private record Entry(
                @Nullable InetAddress address, @Nullable Throwable cause) implements DnsCacheEntry {}
    }
}
