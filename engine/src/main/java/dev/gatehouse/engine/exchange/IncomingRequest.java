package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.target.PathParameters;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.ParsedRequest;
import java.util.function.Consumer;

/// The request of one exchange in its parts: the slices of its head, what policies changed in them, its body, and what
/// is believed of where it comes from. Belongs to one [ExchangeDriver] and is used again with it.
final class IncomingRequest {
    private final ParsedRequest head = new ParsedRequest();
    private final FieldEdits edits = new FieldEdits();
    private final IncomingBody body;
    private final Provenance provenance;
    private final RequestView view;
    private final Attributes attributes = new Attributes();
    private final RequestFacts facts;

    /// @param onCollect called when a policy wants to have the body whole
    /// @param onBroken hears what a policy has thrown instead of changing it
    IncomingRequest(ExchangePool pool, Runnable onCollect, Consumer<RuntimeException> onBroken) {
        this.body = new IncomingBody(pool.loop(), head, onCollect, onBroken);
        this.provenance = new Provenance(pool.trustedProxies(), pool.loop().ids());
        this.view = new RequestView(head, provenance);
        this.facts = new RequestFacts(head, view, provenance, attributes);
    }

    /// Its head is whole.
    void begin() {
        body.begin();
        edits.reset(head);
    }

    ParsedRequest head() {
        return head;
    }

    FieldEdits edits() {
        return edits;
    }

    IncomingBody body() {
        return body;
    }

    Provenance provenance() {
        return provenance;
    }

    /// The head as policies see it.
    RequestView view() {
        return view;
    }

    /// What policies leave for each other about it.
    Attributes attributes() {
        return attributes;
    }

    /// What templates may ask about it.
    RequestFacts facts() {
        return facts;
    }

    /// The exchange's id, for people.
    String id() {
        return new String(provenance.id(), US_ASCII);
    }

    /// Forgets the exchange.
    void clear() {
        facts.matched(PathParameters.NONE);
        body.clear();
        head.reset();
    }
}
