package dev.gatehouse.policy.auth.oidc;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.policy.auth.jwks.ProviderUrl;
import org.jspecify.annotations.Nullable;

/// Where browsers find this gateway, and the paths of a login that are its own.
///
/// @param base null for whatever a request says
/// @param callback the provider sends browsers back to
/// @param logout ends the session
/// @param backchannel where the provider tells of logouts elsewhere
/// @param afterLogout where browsers get to in the end
record OwnAddress(@Nullable ProviderUrl base, String callback, String logout, String backchannel, String afterLogout) {
    /// Of a path and query: longer ones are not restored after a login, so that its cookie stays small.
    private static final int LONGEST_RETURN = 2000;

    /// @param name of the authentication
    static OwnAddress of(OidcConfig config, String name) {
        String usual = "/.gatehouse/" + name + "/";
        return new OwnAddress(
                config.baseUrl(),
                config.callbackPath() == null ? usual + "callback" : config.callbackPath(),
                config.logoutPath() == null ? usual + "logout" : config.logoutPath(),
                config.backchannelLogoutPath() == null ? usual + "backchannel-logout" : config.backchannelLogoutPath(),
                config.afterLogout());
    }

    /// A path of this gateway as browsers see it from outside.
    String url(Exchange exchange, String path) {
        if (base == null) {
            RequestHead request = exchange.request();
            return request.scheme() + "://" + request.host() + path;
        }
        String url = base.toString();
        return (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + path;
    }

    /// Where a browser wanted to go: a path of this host, whatever a client made of it.
    static String wanted(Exchange exchange) {
        RequestHead request = exchange.request();
        String path = request.path();
        String query = request.query();
        return local(query == null ? path : path + "?" + query);
    }

    /// The same when it is a path of this host; else its root. Browsers take `//host` and `/\host` for other
    /// hosts.
    static String local(String wanted) {
        boolean fits = wanted.startsWith("/")
                && wanted.length() <= LONGEST_RETURN
                && !(wanted.length() > 1 && (wanted.charAt(1) == '/' || wanted.charAt(1) == '\\'))
                && wanted.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\');
        return fits ? wanted : "/";
    }
}
