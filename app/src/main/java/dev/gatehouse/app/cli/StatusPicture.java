package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.CertificateStatus;
import dev.gatehouse.app.admin.view.ConfigMistake;
import dev.gatehouse.app.admin.view.ConfigStatus;
import dev.gatehouse.app.admin.view.Health;
import dev.gatehouse.app.admin.view.InstanceState;
import dev.gatehouse.app.admin.view.InstanceStatus;
import dev.gatehouse.app.admin.view.ObtainedCertificate;
import dev.gatehouse.app.admin.view.RuntimeOverride;
import dev.gatehouse.app.admin.view.ServiceStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a gateway is, on one screen:
///
/// ```text
///   gatehouse 1.0.0  ·  shop  ·  r18  ·  up 3 d 4 h  ·  ready
///
///   LISTEN   http://0.0.0.0:8080
///   CONFIG   r18 of gateway.yaml, loaded 2026-11-22T12:04:31Z  ·  17 reloads applied, 1 rejected
///
///   SERVICE        INSTANCE          STATE    IN FLIGHT  REQUESTS  FAILURES  LAST CHECK
///   order-service  10.0.3.11:8080    up              14    12,301         2  200 in 4 ms
///                  10.0.3.12:8080    ejected          0     9,004        17  5×503, back in 12 s
///                  dr.internal:8080  backup           0         0         0  200 in 31 ms
/// ```
///
/// Between the two stand the certificates of listeners with TLS, and how long they hold. Plain text, the same for a
/// terminal and a file. Times are those of the gateway, in UTC.
final class StatusPicture {
    /// Of the mistakes that made the last reload fail.
    private static final int MISTAKES_SHOWN = 3;

    private final StringBuilder out = new StringBuilder(1024);

    private StatusPicture() {}

    static String of(StatusCommand.Status status) {
        StatusPicture picture = new StatusPicture();
        picture.headline(status.health(), status.config());
        picture.config(status.health(), status.config());
        picture.certificates(status.certificates());
        picture.services(status.services());
        picture.overrides(status.overrides());
        picture.obtained(status.obtained());
        return picture.out.toString();
    }

    private void headline(Health health, ConfigStatus config) {
        List<String> parts = new ArrayList<>();
        parts.add("gatehouse " + health.version());
        if (config.running().name() != null) {
            parts.add(config.running().name());
        }
        parts.add(config.running().revision() + (config.stale() ? " (stale)" : ""));
        parts.add("up " + uptime(health.uptimeSeconds()));
        parts.add(health.status().word());
        line("  " + String.join("  ·  ", parts));
        line("");
    }

    private void config(Health health, ConfigStatus config) {
        String label = "  LISTEN   ";
        for (String listener : health.listeners()) {
            line(label + listener);
            label = " ".repeat(label.length());
        }
        ConfigStatus.Running running = config.running();
        line("  CONFIG   " + running.revision()
                + (running.files().isEmpty() ? "" : " of " + String.join(", ", running.files()))
                + ", loaded " + running.loadedAt().truncatedTo(ChronoUnit.SECONDS)
                + "  ·  " + count(config.reloads().applied(), "reload") + " applied, "
                + grouped(config.reloads().rejected()) + " rejected");
        ConfigStatus.Rejection rejected = config.lastRejected();
        if (rejected != null) {
            line("  REJECTED " + rejected.at().truncatedTo(ChronoUnit.SECONDS)
                    + (config.stale()
                            ? ": what runs is not what the files say"
                            : ": mended since, the files run again"));
            mistakes(rejected.diagnostics());
        }
    }

    private void mistakes(List<ConfigMistake> all) {
        for (ConfigMistake one : all.subList(0, Math.min(MISTAKES_SHOWN, all.size()))) {
            line("           " + one.severity() + "[" + one.code() + "] " + one.file() + ":" + one.line() + ":"
                    + one.column() + "  " + one.message());
        }
        if (all.size() > MISTAKES_SHOWN) {
            line("           and " + (all.size() - MISTAKES_SHOWN) + " more; 'gatehouse check' shows them all");
        }
    }

    private void certificates(List<CertificateStatus> certificates) {
        TextTable table = new TextTable(
                List.of("CERTIFICATE", "LISTENER", "KEY", "DAYS LEFT", "UNTIL"),
                List.of(false, false, false, true, false));
        for (CertificateStatus one : certificates) {
            List<String> hosts = one.hosts();
            String more = hosts.size() > 1 ? " and " + (hosts.size() - 1) + " more" : "";
            table.row(
                    (hosts.isEmpty() ? one.serial() : hosts.getFirst()) + more,
                    one.listener(),
                    one.kind(),
                    one.daysLeft() < 0 ? "over" : grouped(one.daysLeft()),
                    one.notAfter().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        if (!certificates.isEmpty()) {
            line("");
            table.lines().forEach(row -> line("  " + row));
        }
    }

    private void services(List<ServiceStatus> services) {
        TextTable table = new TextTable(
                List.of("SERVICE", "INSTANCE", "STATE", "IN FLIGHT", "REQUESTS", "FAILURES", "LAST CHECK"),
                List.of(false, false, false, true, true, true, false));
        for (ServiceStatus service : services) {
            String name = service.name();
            for (InstanceStatus instance : service.instances()) {
                table.row(
                        name,
                        instance.address(),
                        state(instance),
                        grouped(instance.inFlight()),
                        grouped(instance.requests()),
                        grouped(instance.failures()),
                        lastCheck(instance.reason(), instance.lastCheck()));
                name = "";
            }
            if (service.instances().isEmpty()) {
                table.row(name, "no instance", "", "", "", "", "");
            }
        }
        if (!services.isEmpty()) {
            line("");
            table.lines().forEach(row -> line("  " + row));
        }
    }

    private void overrides(List<RuntimeOverride> overrides) {
        if (overrides.isEmpty()) {
            return;
        }
        line("");
        String label = "  CHANGED  ";
        for (RuntimeOverride one : overrides) {
            line(label + one.instance() + " of " + one.service() + ": "
                    + one.state().word() + " "
                    + (one.until() == null
                            ? "until it is made active again"
                            : "until " + one.until().truncatedTo(ChronoUnit.SECONDS)));
            label = " ".repeat(label.length());
        }
    }

    private void obtained(List<ObtainedCertificate> certificates) {
        if (certificates.isEmpty()) {
            return;
        }
        line("");
        String label = "  ACME     ";
        for (ObtainedCertificate one : certificates) {
            line(label + String.join(", ", one.hosts()) + ": "
                    + (one.notAfter() == null ? "no certificate" : "valid until " + second(one.notAfter()))
                    + (one.state() == ObtainedCertificate.State.ORDERING ? ", being ordered" : "")
                    + (one.next() == null ? "" : ", ordered next " + second(one.next())));
            label = " ".repeat(label.length());
            if (one.problem() != null) {
                line(label + "  " + one.problem());
            }
        }
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /// A backup that is well is called one: it gets no requests, and that is as it should be.
    private static String state(InstanceStatus instance) {
        if (!instance.backup()) {
            return instance.state().word();
        }
        return instance.state() == InstanceState.UP
                ? "backup"
                : instance.state().word() + " (backup)";
    }

    private static String lastCheck(@Nullable String reason, InstanceStatus.@Nullable Check check) {
        if (reason != null) {
            return reason;
        }
        if (check == null) {
            return "–";
        }
        return (check.status() == null ? "no answer" : check.status()) + " in " + check.ms() + " ms";
    }

    /// `42 s`, `12 min`, `4 h 7 min`, `3 d 4 h`.
    static String uptime(long seconds) {
        long minutes = seconds / 60;
        long hours = minutes / 60;
        if (minutes == 0) {
            return seconds + " s";
        }
        if (hours == 0) {
            return minutes + " min";
        }
        return hours < 24 ? hours + " h " + minutes % 60 + " min" : hours / 24 + " d " + hours % 24 + " h";
    }

    private static String count(long number, String what) {
        return grouped(number) + " " + what + (number == 1 ? "" : "s");
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// What came over the network does not move the cursor.
    private void line(String text) {
        text.codePoints()
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .forEach(out::appendCodePoint);
        while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1);
        }
        out.append('\n');
    }
}
