package dev.gatehouse.engine.service.balancing;

import dev.gatehouse.api.template.Facts;
import dev.gatehouse.api.template.Template;
import dev.gatehouse.api.template.TemplatePart;
import dev.gatehouse.engine.service.KeyHash;

/// What two requests must have in common to go to the same instance, as a number. Immutable.
final class RequestKey {
    private final Template template;

    RequestKey(String template) {
        this.template = Template.parse(template);
    }

    /// The same for the same values, in every gateway. A request without them has a key too: such requests stay
    /// together.
    long of(Facts facts) {
        long hash = KeyHash.START;
        for (TemplatePart part : template.parts()) {
            CharSequence text = switch (part) {
                case TemplatePart.Literal literal -> literal.text();
                case TemplatePart.Place place -> facts.value(place.reference());
            };
            hash = text == null ? KeyHash.add(hash, '\0') : add(hash, text);
        }
        return KeyHash.mixed(hash);
    }

    private static long add(long hash, CharSequence text) {
        long with = hash;
        for (int i = 0; i < text.length(); i++) {
            with = KeyHash.add(with, text.charAt(i));
        }
        return with;
    }
}
