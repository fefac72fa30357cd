package dev.gatehouse.engine.target.redirect;

import dev.gatehouse.api.template.Reference;
import dev.gatehouse.api.template.TemplateException;
import dev.gatehouse.engine.config.RedirectConfig;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.target.UrlTemplate;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.ParsedRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where clients are sent. Compiled when the configuration is loaded; immutable, and shared by all loops.
///
/// No value of a request can change the host it names, except that `{request.host}` keeps the one the client asked
/// for: a redirect that anybody can point anywhere is a gift to phishers.
///
/// @param origin what stands before the path, the host included when it is fixed; empty for a path
/// @param hostOfRequest whether the host of the request follows
/// @param port `:` and a port, or nothing
/// @param fragment `#` and what follows it, or nothing
record Redirect(int status, String origin, boolean hostOfRequest, String port, UrlTemplate url, String fragment) {
    private static final Reference REQUEST_HOST = Reference.fact("request", "host");
    private static final String HOST_PLACE = "{request.host}";
    private static final Pattern ORIGIN = Pattern.compile(
            "(https?://)(\\{request\\.host}|[A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?(?=[/?]|$)");

    /// @throws TemplateException with a sentence for the user
    static Redirect of(RedirectConfig config) {
        String to = config.to();
        int hash = to.indexOf('#');
        String fragment = hash < 0 ? "" : to.substring(hash);
        checkFragment(fragment, hash);
        String address = hash < 0 ? to : to.substring(0, hash);
        if (address.startsWith("//")) {
            throw new TemplateException(0, "'//' begins the name of a host; write https:// before it, or one '/'");
        }
        if (address.startsWith("/")) {
            return new Redirect(config.status(), "", false, "", UrlTemplate.parse(address), fragment);
        }
        Matcher origin = ORIGIN.matcher(address);
        if (!origin.lookingAt()) {
            throw new TemplateException(0, notAnAddress(address));
        }
        boolean ofRequest = origin.group(2).equals(HOST_PLACE);
        String port = origin.group(3) == null ? "" : origin.group(3);
        String rest = address.substring(origin.end());
        return new Redirect(
                config.status(),
                ofRequest ? origin.group(1) : origin.group(1) + origin.group(2),
                ofRequest,
                port,
                UrlTemplate.parse(rest.startsWith("/") ? rest : "/" + rest),
                fragment);
    }

    private static String notAnAddress(String address) {
        if (!address.startsWith("http://") && !address.startsWith("https://")) {
            return "a redirect leads to a path like /new or a URL like https://new.example/";
        }
        return "the host of a redirect is fixed, or {request.host} alone, with an optional port: else a request could"
                + " choose where its client is sent";
    }

    private static void checkFragment(String fragment, int offset) {
        for (int i = 1; i < fragment.length(); i++) {
            char c = fragment.charAt(i);
            if (c <= 0x20 || c >= 0x7f || "{}#\\".indexOf(c) >= 0) {
                throw new TemplateException(
                        offset + i, "what follows '#' is fixed text; '" + c + "' cannot stand there");
            }
        }
    }

    /// The address for this exchange; null when a value of the request does not let there be one.
    ///
    /// @param out cleared and used
    @Nullable
    String location(TargetClient client, HeadWriter out) {
        out.clear().put(origin);
        if (hostOfRequest) {
            CharSequence host = client.facts().value(REQUEST_HOST);
            if (host == null || host.isEmpty()) {
                return null;
            }
            out.put(host);
        }
        out.put(port);
        if (!url.writePath(out, client)) {
            return null;
        }
        ParsedRequest request = client.requestSlices();
        if (url.hasQuery()) {
            url.writeQuery(out, client);
        } else if (request.hasQuery()) {
            out.put('?').copy(request.bytes(), request.queryStart(), request.queryEnd());
        }
        return out.put(fragment).toString();
    }
}
