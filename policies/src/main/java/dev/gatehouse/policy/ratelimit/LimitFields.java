package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.Attribute;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.time.TimeSource;

/// Tells clients what is left: in the `X-RateLimit-*` fields that most know, of the limit with the least left, and in
/// `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10) of all limits. Several policies of a
/// route write them one after the other. What a service says in these fields is replaced.
final class LimitFields {
    /// What the fields say so far.
    private record Told(long least, boolean ietf) {}

    private static final Attribute<Told> TOLD = Attribute.of("told limits");

    private static final HeaderName LIMIT = HeaderName.of("X-RateLimit-Limit");
    private static final HeaderName REMAINING = HeaderName.of("X-RateLimit-Remaining");
    private static final HeaderName RESET = HeaderName.of("X-RateLimit-Reset");
    private static final HeaderName STATE = HeaderName.of("RateLimit");
    private static final HeaderName POLICY = HeaderName.of("RateLimit-Policy");

    private final FieldStyle style;
    private final TimeSource time;

    LimitFields(FieldStyle style, TimeSource time) {
        this.style = style;
        this.time = time;
    }

    void write(Exchange exchange, Response response, Judged judged) {
        if (style == FieldStyle.NONE || judged.states().isEmpty()) {
            return;
        }
        Told told = exchange.get(TOLD);
        long least = told == null ? Long.MAX_VALUE : told.least;
        if (style.hasX()) {
            int tightest = tightest(judged);
            LimitState state = judged.states().get(tightest);
            if (state.remaining() < least) {
                least = state.remaining();
                writeX(response, judged.wanted().get(tightest), state);
            }
        }
        if (style.hasIetf()) {
            writeIetf(response, judged, told != null && told.ietf);
        }
        exchange.set(TOLD, new Told(least, style.hasIetf() || told != null && told.ietf));
    }

    /// The one that refuses longest, else the one with the least left.
    private static int tightest(Judged judged) {
        int refusing = judged.refusing();
        if (refusing >= 0) {
            return refusing;
        }
        int least = 0;
        for (int i = 1; i < judged.states().size(); i++) {
            if (judged.states().get(i).remaining() < judged.states().get(least).remaining()) {
                least = i;
            }
        }
        return least;
    }

    private void writeX(Response response, Wanted wanted, LimitState state) {
        response.set(LIMIT, Long.toString(wanted.rule().limit()));
        response.set(REMAINING, Long.toString(state.remaining()));
        if (wanted.isLease()) {
            response.remove(RESET); // nobody knows when the others are done
        } else {
            long reset = time.now().toEpochMilli() + state.resetMillis();
            response.set(RESET, Long.toString(Math.ceilDiv(reset, 1_000)));
        }
    }

    private static void writeIetf(Response response, Judged judged, boolean again) {
        StringBuilder policies = new StringBuilder(48);
        StringBuilder states = new StringBuilder(48);
        for (int i = 0; i < judged.states().size(); i++) {
            Wanted wanted = judged.wanted().get(i);
            LimitState state = judged.states().get(i);
            if (i > 0) {
                policies.append(", ");
                states.append(", ");
            }
            name(policies, wanted.name());
            name(states, wanted.name());
            policies.append(";q=").append(wanted.rule().limit());
            states.append(";r=").append(state.remaining());
            if (wanted.isLease()) {
                policies.append(";qu=\"concurrent-requests\"");
            } else {
                policies.append(";w=").append(Math.ceilDiv(wanted.windowMillis(), 1_000));
                states.append(";t=").append(Math.ceilDiv(state.resetMillis(), 1_000));
            }
        }
        if (again) {
            response.add(POLICY, policies.toString());
            response.add(STATE, states.toString());
        } else {
            response.set(POLICY, policies.toString());
            response.set(STATE, states.toString());
        }
    }

    /// A string of structured fields (RFC 9651 §3.3.3).
    private static void name(StringBuilder out, String name) {
        out.append('"');
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else {
                out.append(c >= 0x20 && c < 0x7f ? c : '?');
            }
        }
        out.append('"');
    }
}
