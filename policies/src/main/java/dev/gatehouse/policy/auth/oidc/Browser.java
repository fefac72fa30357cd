package dev.gatehouse.policy.auth.oidc;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import java.util.Collection;
import java.util.Locale;

/// What browsers say of their requests, and how they are sent elsewhere.
final class Browser {
    static final HeaderName SET_COOKIE = HeaderName.of("Set-Cookie");

    private static final HeaderName FETCH_MODE = HeaderName.of("Sec-Fetch-Mode");
    private static final HeaderName FETCH_SITE = HeaderName.of("Sec-Fetch-Site");
    private static final HeaderName REFERRER_POLICY = HeaderName.of("Referrer-Policy");

    private Browser() {}

    /// Whether somebody looks at a page and would see a login: a script that fetches cannot follow there.
    static boolean navigates(Exchange exchange) {
        RequestHead request = exchange.request();
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return false;
        }
        Text mode = request.header(FETCH_MODE);
        if (mode != null) {
            return mode.toString().equals("navigate"); // Fetch Metadata, which scripts cannot set
        }
        return request.headers(HeaderName.ACCEPT).stream()
                .anyMatch(value -> value.toString().toLowerCase(Locale.ROOT).contains("text/html"));
    }

    /// Whether a page of somebody else has the browser ask.
    static boolean isSentByOthers(Exchange exchange) {
        Text site = exchange.request().header(FETCH_SITE);
        return site != null && site.toString().equals("cross-site");
    }

    /// Sends it to another page, and keeps that to itself.
    static Response redirect(Exchange exchange, String location, Collection<String> cookies) {
        // RFC 9110 §15.4.4: what was posted is not posted again.
        int status = exchange.request().method().equals("POST") ? 303 : 302;
        Response response = Response.of(status, Body.EMPTY)
                .set(HeaderName.LOCATION, location)
                .set(HeaderName.CACHE_CONTROL, "no-store")
                .set(REFERRER_POLICY, "no-referrer");
        cookies.forEach(cookie -> response.add(SET_COOKIE, cookie));
        return response;
    }
}
