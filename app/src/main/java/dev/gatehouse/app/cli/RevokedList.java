package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.RevocationPage;
import dev.gatehouse.app.admin.view.RevocationStatus;
import dev.gatehouse.app.admin.view.ViewJson;
import dev.gatehouse.app.console.Ink;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is revoked, for people and programs.
///
/// ```text
///   KIND  ID        REVOKED               UNTIL                 IN
///   jti   8f1c2b3a  2026-11-22T12:00:00Z  2026-11-23T12:00:00Z  main-redis
/// ```
record RevokedList(RevocationPage all) {
    private static final List<String> HEADS = List.of("KIND", "ID", "REVOKED", "UNTIL", "IN");
    private static final List<Boolean> RIGHT = List.of(false, false, false, false, false);

    /// All its pages as one.
    static RevokedList all(AdminClient client) throws IOException, InterruptedException {
        List<RevocationStatus> all = new ArrayList<>();
        RevocationPage page = client.revocations(null);
        all.addAll(page.revocations());
        boolean complete = page.complete();
        while (page.next() != null) {
            page = client.revocations(page.next());
            all.addAll(page.revocations());
            complete &= page.complete();
        }
        return new RevokedList(new RevocationPage(all, page.stores(), complete, null));
    }

    void print(PrintWriter out, boolean quiet, boolean json) {
        if (json) {
            out.println(ViewJson.MAPPER.writeValueAsString(all));
            return;
        }
        if (quiet) {
            all.revocations().forEach(one -> out.println(Ink.printable(one.id())));
            return;
        }
        TextTable table = new TextTable(HEADS, RIGHT);
        all.revocations().forEach(one -> table.row(cells(one)));
        table.lines().forEach(line -> out.println("  " + line));
        if (all.stores().isEmpty()) {
            out.println("\n  No authentication asks who was revoked: write 'revocation' into one.");
        }
        if (!all.complete()) {
            out.println("\n  There are more: the admin API finds those that begin in some way.");
        }
    }

    private static List<String> cells(RevocationStatus one) {
        return List.of(
                one.kind().word(),
                Ink.printable(one.id()),
                secondsOr(one.revoked(), "?"),
                secondsOr(one.until(), "?"),
                String.join(", ", one.stores()));
    }

    private static String secondsOr(@Nullable Instant time, String otherwise) {
        return time == null ? otherwise : seconds(time);
    }

    static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
