package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.decode.Decoder;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import org.jspecify.annotations.Nullable;

/// Finds the services that listeners pass connections on to, at the places where they are named.
final class TcpListenerCheck {
    private final Decoder decoder;
    private final ServiceReader services;
    private final Diagnostics diagnostics;

    TcpListenerCheck(Decoder decoder, ServiceReader services, Diagnostics diagnostics) {
        this.decoder = decoder;
        this.services = services;
        this.diagnostics = diagnostics;
    }

    /// @param listeners the section as it was written; null when there is none
    void check(@Nullable Node listeners) {
        if (!(listeners instanceof Node.Mapping section)) {
            return;
        }
        for (Node.Entry entry : section.entries()) {
            if (entry.value() instanceof Node.Mapping listener) {
                NodePath path = NodePath.ROOT.key("listeners").key(entry.name());
                String user = "listener '" + entry.name() + "'";
                check(listener.get("service"), path.key("service"), user);
                if (listener.get("sni") instanceof Node.Mapping names) {
                    for (Node.Entry name : names.entries()) {
                        check(name.value(), path.key("sni").key(name.name()), user);
                    }
                }
            }
        }
    }

    private void check(@Nullable Node at, NodePath path, String user) {
        // What is no text was reported when the section was read.
        String written = at instanceof Node.Scalar ? decoder.text(at, path) : null;
        if (at == null || written == null) {
            return;
        }
        String found = services.named(written, at, path, user);
        ServiceConfig service = found == null ? null : services.services().get(found);
        if (service != null
                && service.instances().stream().anyMatch(one -> one.address().tls())) {
            diagnostics.add(Diagnostic.error(
                            Code.GH1305, at.span(), "service '" + found + "' has instances with https://")
                    .path(path.toString())
                    .label(user + " passes octets on as they are, and begins no TLS with a service")
                    .help("write their addresses without https:// where the client speaks TLS with them itself"));
        }
    }
}
