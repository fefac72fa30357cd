package dev.gatehouse.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.api.identity.Revocation.Kind;
import dev.gatehouse.app.admin.view.RevocationKind;
import dev.gatehouse.app.admin.view.RevocationPage;
import dev.gatehouse.app.admin.view.RevocationStatus;
import dev.gatehouse.engine.config.AdminScope;
import dev.gatehouse.engine.consumer.RevocationDesk;
import dev.gatehouse.engine.consumer.RevocationEntry;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `/api/v1/revocations`: tokens that are void before their time, by their id or all of somebody; revoking more.
final class RevocationsResource implements Resource {
    private static final String KIND = "kind";
    private static final String PREFIX = "prefix";
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final int USUAL_LIMIT = 100;
    private static final int MOST_LIMIT = 1000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    private final RunningGateway gateway;

    RevocationsResource(RunningGateway gateway) {
        this.gateway = gateway;
    }

    /// One of the first three.
    ///
    /// @param jti the id of one token
    /// @param sub all tokens of whom, as far as they are issued by now
    /// @param token one token itself; its jti and exp are read from it
    /// @param time how long it is kept, such as `24h`: at least as long as the tokens would be good
    /// @param store the one that holds it; without it, all that authentications ask
    record Wanted(
            @Nullable String jti,
            @Nullable String sub,
            @Nullable String token,

            @JsonProperty("for") @Nullable String time,

            @Nullable String store) {
        /// Without the token.
        @Override
        public String toString() {
            return "jti " + jti + ", sub " + sub;
        }
    }

    @Override
    public String path() {
        return "/api/v1/revocations";
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.get(
                                AdminScope.KEYS,
                                "What was revoked: tokens, then subjects.",
                                RevocationPage.class,
                                CustomerCall.of(this::page))
                        .taking(
                                new Operation.Parameter(KIND, "`jti` or `sub`; left out, both."),
                                new Operation.Parameter(PREFIX, "How the ids begin, for those of plain ASCII."),
                                new Operation.Parameter(
                                        LIMIT, "How many, 1 to " + MOST_LIMIT + " (default: " + USUAL_LIMIT + ")."),
                                new Operation.Parameter(CURSOR, "`next` of the page before.")),
                Operation.post(
                        AdminScope.KEYS,
                        "Make a token void, or all of somebody that were issued until now.",
                        Wanted.class,
                        RevocationStatus.class,
                        CustomerCall.of(this::revoke)));
    }

    private AdminAnswer page(AdminRequest request) throws IOException {
        int limit = limit(request.parameter(LIMIT));
        if (limit < 1 || limit > MOST_LIMIT) {
            throw new IllegalArgumentException(
                    "limit: " + request.parameter(LIMIT) + " (expected: 1 to " + MOST_LIMIT + ")");
        }
        String kind = request.parameter(KIND);
        String prefix = request.parameter(PREFIX);
        RevocationDesk desk = gateway.revocations();
        RevocationDesk.Page page = desk.list(
                kind == null ? null : kind(kind),
                prefix == null ? "" : prefix,
                after(request.parameter(CURSOR)),
                limit);
        return AdminAnswer.of(new RevocationPage(
                page.entries().stream().map(RevocationsResource::status).toList(),
                desk.stores(),
                page.complete(),
                page.next() == null
                        ? null
                        : Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(page.next().getBytes(UTF_8))));
    }

    private AdminAnswer revoke(AdminRequest request) throws IOException {
        RevocationDesk desk = gateway.revocations();
        if (desk.stores().isEmpty()) {
            return nobodyAsks();
        }
        RevocationWish wish = RevocationWish.of(request.body(), desk.now());
        RevocationStatus revoked = status(desk.revoke(wish.kind(), wish.id(), wish.lasts(), wish.store()));
        return AdminAnswer.of(revoked).done(words(wish.kind(), wish.id()) + " revoked until " + revoked.until());
    }

    static AdminAnswer nobodyAsks() {
        return Problem.NO_REVOCATION_LIST.answer("No authentication of the configuration asks who was revoked: write"
                + " 'revocation' into one of type jwt or oauth2.");
    }

    /// `token t-1`, `all tokens of u1`.
    static String words(Kind kind, String id) {
        return switch (kind) {
            case TOKEN -> "token " + id;
            case SUBJECT -> "all tokens of " + id;
        };
    }

    static RevocationStatus status(RevocationEntry entry) {
        return new RevocationStatus(
                switch (entry.kind()) {
                    case TOKEN -> RevocationKind.JTI;
                    case SUBJECT -> RevocationKind.SUB;
                },
                entry.id(),
                entry.revoked(),
                entry.until(),
                entry.stores());
    }

    /// @throws IllegalArgumentException when it is none
    static Kind kind(String written) {
        return switch (written) {
            case "jti" -> Kind.TOKEN;
            case "sub" -> Kind.SUBJECT;
            default -> throw new IllegalArgumentException("kind: '" + written + "' (expected: jti or sub)");
        };
    }

    private static @Nullable String after(@Nullable String cursor) {
        try {
            return cursor == null ? null : new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cursor: '" + cursor + "' (expected: 'next' of the page before)", e);
        }
    }

    /// 0 when it is no number.
    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL_LIMIT;
        }
        return NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    }
}
