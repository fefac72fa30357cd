package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.NewKey;
import dev.gatehouse.engine.config.StoreSetting;

/// A key that was just made, for people.
///
/// ```text
///   gh_7Qd3kLm2_0sJ9…                          shown only now
///
///   k_7Qd3kLm2 of acme-delivery  ·  expires 2027-03-01T00:00:00Z
/// ```
final class NewKeyText {
    private NewKeyText() {}

    static String of(NewKey made) {
        StringBuilder text = new StringBuilder(256);
        text.append("  ").append(made.key()).append("      shown only now\n\n  ");
        text.append(made.id()).append(" of ").append(made.consumer());
        if (made.notBefore() != null) {
            text.append("  ·  from ").append(made.notBefore());
        }
        text.append(made.expires() == null ? "  ·  never expires" : "  ·  expires " + made.expires());
        if (made.replaces() != null) {
            text.append("  ·  ")
                    .append(made.replaces())
                    .append(" is taken until ")
                    .append(made.replacedUntil());
        }
        text.append('\n');
        if (made.keptIn().equals(StoreSetting.MEMORY)) {
            text.append("  It is kept in this gateway's memory, and gone when it stops: name a store under 'stores',\n"
                    + "  or put it into the file with 'gatehouse keys create --print'.\n");
        }
        return text.toString();
    }
}
