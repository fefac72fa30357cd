package dev.gatehouse.app.demo.identity;

import java.util.List;

/// The pages people see.
final class LoginPage {
    private static final List<String> KEPT = List.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "state",
            "nonce",
            "scope",
            "code_challenge",
            "code_challenge_method");

    private static final String STYLE = """
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 24rem; margin: 10vh auto; padding: 0 1rem; }
            input, button { font: inherit; display: block; width: 100%; box-sizing: border-box; padding: .5rem;
                            margin: .25rem 0 1rem; }
            .wrong { color: #b00020; } .note { color: #666; font-size: .875rem; }
            """;

    private LoginPage() {}

    /// @param wrong why it is shown again; empty at first
    static String of(IdentityRequest request, String wrong) {
        StringBuilder form = new StringBuilder("<form method=\"post\" action=\"/login\">\n");
        for (String name : KEPT) {
            form.append("<input type=\"hidden\" name=\"")
                    .append(name)
                    .append("\" value=\"")
                    .append(escaped(request.field(name)))
                    .append("\">\n");
        }
        form.append("<label>Name <input name=\"user\" autocomplete=\"username\" autofocus></label>\n")
                .append("<label>Password <input name=\"password\" type=\"password\"></label>\n")
                .append("<button>Log in</button>\n</form>\n");
        return page(
                "Log in to the demo",
                (wrong.isEmpty() ? "" : "<p class=\"wrong\">" + escaped(wrong) + "</p>\n")
                        + form
                        + "<p class=\"note\">alice is a customer, sam is support, root is admin. A password is the name.</p>\n");
    }

    static String goodbye() {
        return page("Logged out", "<p>Until the next time.</p>\n");
    }

    private static String page(String title, String content) {
        return "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>" + title + "</title>\n<style>\n"
                + STYLE + "</style>\n<h1>" + title + "</h1>\n" + content + "</html>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
